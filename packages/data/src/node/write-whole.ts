import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { threadId } from 'node:worker_threads';
import { FileError } from '../file-error.js';

let written = 0;

/**
 * Makes a whole file or none: `fill` writes, and may read, a neighbour that no other process writes to, which is flushed and renamed. It
 * is called after this process, so that what a dead one left is known.
 * @throws FileError when the system does not let it be written
 */
export async function writeWhole<Result>(
  path: string,
  fill: (handle: FileHandle) => Promise<Result>,
): Promise<Result> {
  const temporary = `${path}.${process.pid}.${threadId}.${++written}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(temporary, 'wx+');
    let result: Result;
    try {
      result = await fill(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    await flushFolder(dirname(path));
    return result;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw (error as NodeJS.ErrnoException).syscall === undefined
      ? error
      : new FileError(path, error, 'write');
  }
}

/** Writes all bytes from one place of the file on. */
export async function writeAt(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

/** Makes the new name outlast a power cut; Windows cannot open folders and needs no such thing. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
