import { join } from 'node:path';
import { DataError, type ValidationOptions } from '@ae/data';
import { dataSetFromIdx, type IdxFile, type ImageDataSet, type Part, parts } from '../data-set.js';
import { createDownloader, type DownloadOptions } from '../download.js';
import { DataNotFoundError, DownloadError } from '../errors.js';
import { ownSplit } from '../own-split.js';
import type { PublishedDataSet } from '../published.js';
import { CacheError, defaultCacheFolder, keep, tidyUp } from './cache.js';
import { otherSetIn, readPublished } from './folder.js';
import { withLock } from './lock.js';
import { makeFolder } from './make-folder.js';
import { fourFiles, holdsFiles, placesOf, whatIsAt } from './places.js';
import { nodePlatform } from './platform.js';

export interface LoadOptions extends DownloadOptions, ValidationOptions {
  /**
   * The folder that holds the four files, or a folder named as the data set that does, or torchvision's `MNIST/raw` and the like.
   * Nothing else is looked at then. @default $AE_DATA_DIR
   */
  dir?: string | undefined;
  /** Where downloads are kept. @default defaultCacheFolder() */
  cacheDir?: string | undefined;
}

type Files = Partial<Record<Part, IdxFile>>;
interface Found {
  files: Record<Part, IdxFile>;
  source: string;
}

/** A published data set from the folder that was named by `dir` or `$AE_DATA_DIR`, or otherwise from the cache or the mirrors. */
export async function loadPublished(dataSet: PublishedDataSet, options: LoadOptions): Promise<ImageDataSet> {
  const { files, source } = await find(dataSet, options);
  options.signal?.throwIfAborted();
  return dataSetFromIdx(files, {
    name: dataSet.name,
    source,
    classes: dataSet.classes,
    ...ownSplit(dataSet, options),
    checksum: await nodePlatform.sha256(parts.map((part) => files[part].bytes)),
  });
}

function find(dataSet: PublishedDataSet, options: LoadOptions): Promise<Found> {
  const { dir } = options;
  if (dir !== undefined) return fromFolder(dataSet, dir, options);
  const set = process.env['AE_DATA_DIR'];
  return set ? fromFolder(dataSet, set, options, 'AE_DATA_DIR=') : fromCacheOrMirrors(dataSet, options);
}

/** What was named must hold the data set: nothing else takes its place without a word. */
async function fromFolder(
  dataSet: PublishedDataSet,
  root: string,
  { signal }: LoadOptions,
  said = '',
): Promise<Found> {
  const named = said + (root || '""');
  let other: string | undefined;
  for (const folder of root ? placesOf(dataSet, root) : []) {
    if (!(await holdsFiles(folder))) continue;
    const another = await otherSetIn(folder, dataSet);
    other ??= another;
    if (another !== undefined) continue;
    const files = await readFolder(folder, dataSet, signal);
    if (isWhole(files)) return { files, source: `${dataSet.name} from ${folder}` };
    const absent = parts.filter((part) => !files[part]).map((part) => dataSet.files[part].name);
    throw new DataError(
      `Cannot load ${dataSet.name} from ${named}: found ${Object.values(files)[0]?.file}, expected ${absent.join(', ')} too`,
    );
  }
  const found = other === undefined ? await whatIsAt(root) : `the files of ${other}`;
  const places = [`${dataSet.name}/`, ...(dataSet.torchvision ? [`${dataSet.torchvision}/raw/`] : [])];
  throw new DataNotFoundError(
    `${dataSet.name} from ${named}`,
    found,
    `${fourFiles} there, in ${places.join(' or in ')}; name another folder, or none to take the cache and the mirrors`,
  );
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
    await makeFolder(folder);
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
