import type { BigIntStats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DataError } from '../data-error.js';
import { FileError } from '../file-error.js';
import type { DataFile } from '../format.js';
import { type StopSignal, throwIfStopped } from '../stop-signal.js';
import { kindOf, readRange, withRegularFile } from './regular-file.js';

export interface FilesAtOptions {
  signal?: StopSignal | undefined;
  /** One line for people: what was left out. */
  notice?(text: string): void;
}

/** More files, and folders, than anybody has of data: a folder that was named by mistake is not listed for ever. */
const most = 2 ** 22;

/** The longest piece that one array can hold. */
const longest = 2 ** 32 - 1;

/**
 * A file, or all files of a folder and of those below it, by name in the order of code units. What is hidden (`.git`, `.DS_Store`) is
 * left out, and with a notice what is no ordinary file. Links are followed, but not back into a folder that they lie in. Nothing is
 * opened before it is read, and an open file is closed once it was.
 * @throws DataError where nothing is there, or more than four million files are
 * @throws FileError when the system does not let a folder be looked into
 * @throws the signal's reason when it is aborted
 */
export async function filesAt(path: string, options: FilesAtOptions = {}): Promise<{ files: DataFile[] }> {
  const status = await lookAt(path);
  if (!status) throw new DataError(`Cannot read ${path}: found nothing there, expected a file or a folder`);
  if (status.isFile()) return { files: [fileAt(path, basename(path), Number(status.size))] };
  if (!status.isDirectory())
    throw new DataError(`Cannot read ${path}: found ${kindOf(status)}, expected a file or a folder`);

  const files: DataFile[] = [];
  const left: string[] = [];
  let seen = 0;
  await list(path, '', [idOf(status)]);
  if (left.length > 0)
    options.notice?.(
      `left out of ${path}: ${left.slice(0, 3).join(', ')}${left.length > 3 ? `, … (${left.length})` : ''}`,
    );
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)) };

  /** @param above the folders that this one lies in, and itself, by what the system knows them by */
  async function list(folder: string, prefix: string, above: readonly string[]): Promise<void> {
    const names = (await namesIn(folder)).filter((name) => !name.startsWith('.'));
    seen += names.length;
    if (seen > most)
      throw new DataError(
        `Cannot read ${path}: found more than ${most} files in it, expected at most so many`,
      );
    for (let at = 0; at < names.length; at += 64) {
      throwIfStopped(options.signal);
      const some = names.slice(at, at + 64);
      const found = await Promise.all(some.map((name) => lookAt(join(folder, name))));
      for (const [i, name] of some.entries()) {
        const [inside, status] = [join(folder, name), found[i]];
        if (status?.isFile()) files.push(fileAt(inside, prefix + name, Number(status.size)));
        else if (!status?.isDirectory())
          left.push(`${prefix}${name}, ${status ? kindOf(status) : 'a link to nothing'}`);
        else if (above.includes(idOf(status))) left.push(`${prefix}${name}, a link to a folder around it`);
        else await list(inside, `${prefix}${name}/`, [...above, idOf(status)]);
      }
    }
  }
}

function fileAt(path: string, name: string, size: number): DataFile {
  return {
    name,
    size,
    async read(from = 0, to = size) {
      const [start, end] = [Math.min(from, size), Math.min(to, size)];
      if (end - start > longest)
        throw new DataError(
          `Cannot read ${path}: found ${end - start} bytes, expected at most ${longest} at once`,
        );
      const bytes = await withRegularFile(path, (handle) => readRange(handle, start, Math.max(start, end)));
      if (bytes === undefined || bytes.length < end - start)
        throw new DataError(
          `Cannot read ${path}: found ${bytes ? start + bytes.length : 'no'} bytes, expected ${end}; it changed while it was read`,
        );
      return bytes;
    },
  };
}

/** What the system knows a folder by; Windows numbers them beyond what a double holds. */
const idOf = ({ dev, ino }: BigIntStats) => `${dev}:${ino}`;

/** `undefined` where nothing is, or a link that goes round in a circle. */
async function lookAt(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code!)) return undefined;
    throw new FileError(path, error);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new FileError(folder, error);
  }
}
