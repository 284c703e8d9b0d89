import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isGzip } from '@ae/data';
import type { PublishedFile } from '../published.js';
import { dataSets } from '../sets/index.js';

/** What lies in the cache of one data set. */
export interface CachedDataSet {
  name: string;
  folder: string;
  /** Files there, of 4. Whether they are sound shows when they are loaded. */
  files: number;
  /** Their size on disk. */
  bytes: number;
}

/** A download that could not be kept. The message names the folder; `code` is the system's: `ENOSPC`, `EACCES` and the like. */
export class CacheError extends Error {
  override readonly name = 'CacheError';
  readonly code: string | undefined;

  constructor(folder: string, cause: NodeJS.ErrnoException) {
    super(
      `Cannot keep a download in ${folder}: ${cause.message}, expected a folder with room to write to; ` +
        `name another by XDG_CACHE_HOME`,
      { cause },
    );
    this.code = cause.code;
  }
}

/**
 * Where downloads are kept: `$XDG_CACHE_HOME/ae/data`, or what the system has for caches (`~/.cache` on Linux, `~/Library/Caches` on
 * macOS, `%LOCALAPPDATA%` on Windows). It may be deleted at any time.
 */
export function defaultCacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): string {
  const caches =
    env['XDG_CACHE_HOME'] ||
    (platform === 'win32' && env['LOCALAPPDATA']) ||
    join(homedir(), platform === 'darwin' ? 'Library/Caches' : '.cache');
  return join(caches, 'ae', 'data');
}

/** Looks into the cache without reading the files. */
export async function inspectCache({ cacheDir = defaultCacheFolder() }: { cacheDir?: string } = {}): Promise<
  CachedDataSet[]
> {
  return Promise.all(
    Object.values(dataSets).map(async ({ name, files }) => {
      const folder = join(cacheDir, name);
      const sizes = await Promise.all(Object.values(files).map((file) => sizeOf(folder, file.name)));
      const found = sizes.filter((size) => size !== undefined);
      return { name, folder, files: found.length, bytes: found.reduce((sum, size) => sum + size, 0) };
    }),
  );
}

/** Keeps a file as it came, all of it or nothing: written to a temporary neighbour, flushed, renamed, and its folder flushed. */
export async function keep(folder: string, published: PublishedFile, bytes: Uint8Array): Promise<void> {
  const name = isGzip(bytes) ? `${published.name}.gz` : published.name;
  const temporary = join(folder, `${temporaryPrefix}${name}.${randomUUID()}`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, join(folder, name));
    await rm(join(folder, isGzip(bytes) ? published.name : `${published.name}.gz`), { force: true });
    await flushFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes what a process that died left in the folder. Only the holder of its lock may call this. */
export async function tidyUp(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter(
    (name) => name.startsWith(temporaryPrefix) || name.startsWith('.lock.'),
  );
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

const temporaryPrefix = '.part-';

async function sizeOf(folder: string, name: string): Promise<number | undefined> {
  const found = await stat(join(folder, `${name}.gz`)).catch(() =>
    stat(join(folder, name)).catch(() => undefined),
  );
  return found?.isFile() ? found.size : undefined;
}

/** Makes the rename outlast a power cut. Windows cannot open folders and needs no such thing. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
