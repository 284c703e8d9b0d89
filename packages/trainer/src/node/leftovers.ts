import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

let written = 0;

/** A neighbour of a file that no other process, thread or save writes to: `run.json.4711.0.3.tmp`. */
export const temporaryOf = (path: string): string => `${path}.${process.pid}.${threadId}.${++written}.tmp`;

/** Removes what processes that are gone were writing below a folder when they ended; gives the names. */
export async function removeLeftovers(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const left = names.filter((name) => {
    const pid = /\.(\d+)\.\d+\.\d+\.tmp$/.exec(name)?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  });
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
  return left;
}

/** Whether a process of that number runs here, be it another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
