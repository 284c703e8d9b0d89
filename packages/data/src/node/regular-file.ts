import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { DataError } from '../data-error.js';
import { FileError } from '../file-error.js';

/**
 * The bytes of an ordinary file, or `undefined` where nothing is there.
 * @throws DataError for what is no ordinary file, or longer than `limit` bytes
 * @throws FileError when the system does not let it be read
 */
export function readRegularFile(file: string, limit: number): Promise<Uint8Array | undefined> {
  return withRegularFile(file, (handle, { size }) => {
    if (size > limit)
      throw new DataError(`Cannot read ${file}: found ${size} bytes, expected at most ${limit}`);
    return readRange(handle, 0, size);
  });
}

/**
 * Opens an ordinary file for as long as `use` takes, or gives `undefined` where nothing is there. It is opened without waiting and
 * looked at once it is open, so that a pipe which nobody writes to, a socket or a device is refused at once, whatever its name pointed
 * to a moment ago.
 * @throws DataError for what is no ordinary file
 * @throws FileError when the system does not let it be read
 */
export async function withRegularFile<Result>(
  file: string,
  use: (handle: FileHandle, status: Stats) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // Windows has none, and no such pipes
    try {
      const status = await handle.stat();
      if (!status.isFile())
        throw new DataError(`Cannot read ${file}: found ${kindOf(status)}, expected a file`);
      return await use(handle, status);
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

/** The bytes of an open file from one place up to another, or to its end where that comes first: one that grows does not grow in memory. */
export async function readRange(handle: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(bytes.length - at, 2 ** 26), from + at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}

/** What lies at a path, as a part of a sentence. */
export function kindOf(status: Pick<Stats, 'isDirectory' | 'isFIFO' | 'isSocket' | 'isFile'>): string {
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a named pipe';
  if (status.isSocket()) return 'a socket';
  return status.isFile() ? 'a file' : 'a device';
}
