import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublishedDataSet } from '../catalog.js';
import { type DataSet, dataSetFromIdx, type IdxFile, type Part, parts } from '../data-set.js';
import { createDownloader, type DownloadOptions } from '../download.js';
import { DataError, DownloadError } from '../errors.js';
import { CacheError, defaultCacheFolder, keep, tidyUp } from './cache.js';
import { holdsAnother, readPublished } from './folder.js';
import { withLock } from './lock.js';
import { nodePlatform } from './platform.js';

export interface LoadOptions extends DownloadOptions {
  /** A folder to look into first: it holds the four files, or a folder named as the data set that does. */
  dir?: string | undefined;
  /** Where downloads are kept. @default defaultCacheFolder() */
  cacheDir?: string | undefined;
  /** Images taken from the end of the training images for validation. @default 5,000 */
  validationCount?: number | undefined;
}

type Files = Partial<Record<Part, IdxFile>>;
interface Found {
  files: Record<Part, IdxFile>;
  source: string;
}

/** A published data set from `dir`, `$AE_DATA_DIR`, the cache or the mirrors: the first that has it. */
export async function loadPublished(dataSet: PublishedDataSet, options: LoadOptions): Promise<DataSet> {
  const { files, source } =
    (await fromFolder(dataSet, options.dir, options)) ??
    (await fromFolder(dataSet, process.env['AE_DATA_DIR'], options)) ??
    (await fromCacheOrMirrors(dataSet, options));
  options.signal?.throwIfAborted();
  return dataSetFromIdx(files, {
    name: dataSet.name,
    source,
    validationCount: options.validationCount,
    checksum: await nodePlatform.sha256(parts.map((part) => files[part].bytes)),
  });
}

/** A folder that holds another data set, or none, is passed over; one that holds a damaged one is an error. */
async function fromFolder(dataSet: PublishedDataSet, root: string | undefined, { signal }: LoadOptions) {
  if (!root) return undefined;
  for (const folder of [join(root, dataSet.name), root]) {
    if (await holdsAnother(folder, dataSet)) continue;
    const files = await readFolder(folder, dataSet, signal);
    if (isWhole(files)) return { files, source: `${dataSet.name} from ${folder}` };
    const [there] = Object.values(files);
    if (there) {
      const absent = parts.filter((part) => !files[part]).map((part) => dataSet.files[part].name);
      throw new DataError(
        `Cannot load ${dataSet.name} from ${folder}: found ${there.file}, expected ${absent} too`,
      );
    }
  }
  return undefined;
}

/** The files that are there, verified. */
async function readFolder(
  folder: string,
  dataSet: PublishedDataSet,
  signal: AbortSignal | undefined,
): Promise<Files> {
  const files: Files = {};
  for (const part of parts) {
    signal?.throwIfAborted();
    try {
      const file = await readPublished(folder, dataSet.files[part], { part, asPublished: false });
      if (file) files[part] = file;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      const remedy = `to load other files than those of ${dataSet.name}, name their folder as the data set`;
      throw new DataError(`${error.message}; ${remedy}`, { cause: error });
    }
  }
  return files;
}

async function fromCacheOrMirrors(dataSet: PublishedDataSet, options: LoadOptions): Promise<Found> {
  const folder = join(options.cacheDir ?? defaultCacheFolder(), dataSet.name);
  const cached = await readCache(folder, dataSet, {}, options);
  if (isWhole(cached)) return { files: cached, source: `${dataSet.name} from the cache in ${folder}` };
  try {
    await mkdir(folder, { recursive: true });
    return await withLock(join(folder, '.lock'), () => complete(folder, dataSet, cached, options), options);
  } catch (error) {
    if (error instanceof DownloadError) throw withRemedy(dataSet, error);
    throw isSystemError(error) ? new CacheError(folder, error) : error;
  }
}

/** Downloads what another process has not brought while this one waited for the lock. */
async function complete(
  folder: string,
  dataSet: PublishedDataSet,
  cached: Files,
  options: LoadOptions,
): Promise<Found> {
  await tidyUp(folder);
  const files = await readCache(folder, dataSet, cached, options);
  let from = `the cache in ${folder}`;
  const download = createDownloader(dataSet, nodePlatform, options);
  for (const part of parts) {
    if (files[part]) continue;
    const { url, packed, bytes } = await download(dataSet.files[part]);
    await keep(folder, dataSet.files[part], packed);
    from = new URL('.', url).href;
    files[part] = { file: url, bytes };
  }
  return { files: files as Found['files'], source: `${dataSet.name} from ${from}` };
}

/** Adds what the cache has to the files already known. A damaged file counts as absent: it will be downloaded again. */
async function readCache(folder: string, dataSet: PublishedDataSet, known: Files, { signal }: LoadOptions) {
  const files = { ...known };
  for (const part of parts) {
    signal?.throwIfAborted();
    try {
      const file =
        files[part] ?? (await readPublished(folder, dataSet.files[part], { part, asPublished: true }));
      if (file) files[part] = file;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }
  return files;
}

function isWhole(files: Files): files is Record<Part, IdxFile> {
  return parts.every((part) => files[part]);
}

function withRemedy({ name, files }: PublishedDataSet, error: DownloadError): DownloadError {
  const names = Object.values(files).map((file) => `${file.name}.gz`);
  return new DownloadError(
    `${error.message}; without a network, put ${names.join(', ')} into a folder named ${name} ` +
      `and name the folder around it by --data-dir or AE_DATA_DIR`,
    { cause: error.cause },
  );
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
