import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

import { DiskError, diskError } from './disk-error.js';

/**
 * The bytes of an ordinary file. It is opened without waiting and looked at once it is open, so that a pipe which nobody
 * writes to or a device is refused at once, whatever its name pointed to a moment ago.
 * @param what what was tried, as errors tell it
 * @throws DiskError where it is not there, may not be read, or is no ordinary file
 */
export async function readRegularFile(path: string, what = 'read'): Promise<Buffer> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // Windows has no such flag, nor such pipes
    try {
      const status = await file.stat();
      if (!status.isFile())
        throw new DiskError(
          `Cannot ${what} ${path}: found ${status.isDirectory() ? 'a folder' : status.isFIFO() ? 'a named pipe' : 'a device'}, expected a file; remove it`,
          status.isDirectory() ? 'EISDIR' : 'ENXIO',
        );
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw cause instanceof DiskError ? cause : diskError(what, path, cause);
  }
}
