import { randomUUID } from 'node:crypto';
import { rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRegularFile } from '@ae/data/node';

/** How often a holder shows that it lives, and a waiter looks, in milliseconds. */
const beat = 1000;
const look = 100;
/** A holder that has not shown itself for so long is taken for dead. */
const dead = 15_000;

/**
 * Runs `work` while no other process holds the same lock file. The lock of a process that died is taken over: at once where the process
 * is known to be gone from this machine, after 15 seconds without a sign of life otherwise. The lock saves double work and is no
 * guarantee: what it guards must bear two at once.
 * @throws what the file system says when the lock cannot be created, and the signal's reason when it is aborted
 */
export async function withLock<Result>(
  file: string,
  work: () => Promise<Result>,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Result> {
  const holder = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  while (!(await create(file, holder))) {
    if (await buryIfDead(file)) continue;
    await sleep(look, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
  const heart = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), beat);
  heart.unref();
  try {
    return await work();
  } finally {
    clearInterval(heart);
    if ((await content(file)) === holder) await rm(file, { force: true });
  }
}

async function create(file: string, holder: string): Promise<boolean> {
  try {
    await writeFile(file, holder, { flag: 'wx' });
    return true;
  } catch (error) {
    if (code(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock of a dead holder. True when it is worth trying again at once. */
async function buryIfDead(file: string): Promise<boolean> {
  const holder = await content(file);
  if (holder === undefined) return true;
  if (!(await isDead(file, holder))) return false;
  const grave = `${file}.${randomUUID()}`;
  try {
    await rename(file, grave);
  } catch (error) {
    if (code(error) === 'ENOENT') return true;
    throw error;
  }
  // Another waiter may have been faster and the lock may be a new one: then it goes back.
  const buried = await content(grave);
  if (buried !== undefined && buried !== holder) await create(file, buried);
  await rm(grave, { force: true });
  return true;
}

async function isDead(file: string, holder: string): Promise<boolean> {
  const { pid, host } = parse(holder);
  if (host === hostname() && typeof pid === 'number') {
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (code(error) === 'ESRCH') return true;
    }
  }
  const seen = await stat(file).catch(() => undefined);
  return seen !== undefined && Date.now() - seen.mtimeMs > dead;
}

function parse(holder: string): { pid?: unknown; host?: unknown } {
  try {
    return Object(JSON.parse(holder));
  } catch {
    return {};
  }
}

async function content(file: string): Promise<string | undefined> {
  const bytes = await readRegularFile(file, 2 ** 16);
  return bytes && Buffer.from(bytes).toString('utf8');
}

function code(error: unknown): unknown {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
