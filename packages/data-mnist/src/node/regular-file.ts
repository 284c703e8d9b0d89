import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { DataError } from '@ae/data';
import { FileError } from '../errors.js';

/**
 * The bytes of an ordinary file, or `undefined` where nothing is there. It is opened without waiting and looked at once it is open, so
 * that a pipe which nobody writes to, a socket or a device is refused at once, whatever its name pointed to a moment ago.
 * @throws DataError for what is no ordinary file, or longer than `limit` bytes
 * @throws FileError when the system does not let it be read
 */
export async function readRegularFile(file: string, limit: number): Promise<Uint8Array | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // Windows has none, and no such pipes
    try {
      const status = await handle.stat();
      if (!status.isFile())
        throw new DataError(`Cannot read ${file}: found ${kindOf(status)}, expected a file`);
      if (status.size > limit)
        throw new DataError(`Cannot read ${file}: found ${status.size} bytes, expected at most ${limit}`);
      return await readWhole(handle, status.size);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ENXIO')
      throw new DataError(`Cannot read ${file}: found a socket, expected a file`, { cause: error });
    throw new FileError(file, error);
  }
}

/** What lies at a path, as a part of a sentence. */
export function kindOf(status: Stats): string {
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a named pipe';
  if (status.isSocket()) return 'a socket';
  return status.isFile() ? 'a file' : 'a device';
}

/** No more than the file had when it was opened: one that grows meanwhile does not grow in memory. */
async function readWhole(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size;) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(size - at, 2 ** 26), at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}
