import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { diskError } from './disk-error.js';
import { temporaryOf } from './leftovers.js';
import { makeFolder } from './make-folder.js';

export interface WriteOptions {
  /** Where the file that lies there is kept; for a moment there is only that one. @default not kept */
  keep?: string;
}

/**
 * Writes a whole file or nothing: to a temporary neighbour, flushed to the disk, renamed over the old file, and the
 * folder flushed. Killed at any moment, it leaves the old file or the new one under `path`. The neighbour is called
 * after this process, so that two do not write into one, and what a dead one leaves is known (`removeLeftovers`).
 * @throws DiskError saying what to do; the old file is then still there
 */
export async function writeFileWhole(
  path: string,
  content: Uint8Array | string,
  { keep }: WriteOptions = {},
): Promise<void> {
  const temporary = temporaryOf(path);
  try {
    await makeFolder(dirname(path));
    await writeFlushed(temporary, content);
    if (keep !== undefined) await renameIfThere(path, keep);
    await rename(temporary, path);
    await flushFolder(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw diskError('write', path, cause, '; what was there before is kept');
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  await rename(from, to).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
  });
}

async function writeFlushed(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name outlive a power cut; Windows has no such call for folders, and does not need it. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
