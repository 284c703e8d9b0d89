import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { diskError, isAlive, makeFolder, readRegularFile } from '@ae/trainer/node';

import { UsageError } from '../errors.js';

const LOCK = 'run.lock';
/** Milliseconds after which a lock that names nobody was left by a process that died as it wrote it. */
const PATIENCE = 5000;

/** Who trains a run. */
interface Owner {
  pid: number;
  /** When the process began, in the system's own ticks: a number may be given to another process later. */
  began?: string;
  host: string;
}

/**
 * Does work on a run that nobody else does at the same time. The lock of a process that is gone is taken over; one that
 * is only slow, or stopped, keeps it. A new folder in which nothing came of the work is taken away again.
 * @throws UsageError where another process has it
 */
export async function withRunLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const mine = JSON.stringify({ ...self(), id: randomUUID() });
  const file = join(folder, LOCK);
  const isNew = !existsSync(folder);
  await makeFolder(folder).catch((cause: unknown) => {
    throw diskError('make', folder, cause);
  });
  while (!(await create(file, mine))) {
    const content = await contentOf(file);
    const owner = ownerIn(content);
    if (owner && isThere(owner))
      throw new UsageError(
        `Cannot train in ${folder}: it is being trained by process ${owner.pid}${owner.host === hostname() ? '' : ` on ${owner.host}; if that is gone, remove ${file}`}`,
      );
    if (content !== undefined && (owner || (await isOld(file))) && (await takeOver(file, content, mine)))
      break;
    await sleep(20);
  }
  try {
    return await work();
  } finally {
    if ((await contentOf(file)) === mine) await rm(file, { force: true });
    if (isNew) await rmdir(folder).catch(() => {}); // nothing came of it, or it is not empty
  }
}

/** Whether a process that is there trains in the folder. */
export async function isBeingTrained(folder: string): Promise<boolean> {
  const owner = ownerIn(await contentOf(join(folder, LOCK)));
  return owner !== undefined && isThere(owner);
}

const self = (): Owner => ({ pid: process.pid, host: hostname(), ...began(process.pid) });

function isThere({ pid, host, began: then }: Owner): boolean {
  if (host !== hostname()) return true; // nobody can tell from here
  return isAlive(pid) && (then === undefined || began(pid).began === then);
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw diskError('write', file, error);
  }
}

/**
 * Puts one's own lock in the place of a dead one. Who may do so is whoever makes a file that is called after the dead
 * lock; nobody else changes that lock, so that it is still the same one when it is replaced.
 */
async function takeOver(file: string, dead: string, mine: string): Promise<boolean> {
  const right = `${file}.${createHash('sha256').update(dead).digest('hex').slice(0, 16)}`;
  if (!(await create(right, mine))) {
    if (await isOld(right)) await rm(right, { force: true });
    return false;
  }
  try {
    if ((await contentOf(file)) !== dead) return false;
    const next = `${right}.tmp`;
    await writeFile(next, mine);
    await rename(next, file);
    return true;
  } finally {
    await rm(right, { force: true });
  }
}

const isOld = async (file: string): Promise<boolean> =>
  stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > PATIENCE,
    () => true,
  );

function ownerIn(content = ''): Owner | undefined {
  try {
    const { pid, host, ...rest } = JSON.parse(content) as Owner;
    return Number.isSafeInteger(pid) && pid > 0 && typeof host === 'string'
      ? { pid, host, ...rest }
      : undefined;
  } catch {
    return undefined;
  }
}

const contentOf = async (file: string): Promise<string | undefined> =>
  existsSync(file) ? (await readRegularFile(file).catch(() => undefined))?.toString('utf8') : undefined;

/** The 22nd field of Linux's `/proc/<pid>/stat`; the name before it may hold blanks and brackets. */
function began(pid: number): { began?: string } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return { began: fields[19]! };
  } catch {
    return {};
  }
}
