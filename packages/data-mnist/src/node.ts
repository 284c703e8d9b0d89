import { statSync } from 'node:fs';
import { type AutoDataSet, digitsInstead } from './auto.js';
import { dataSets, type DataSetName } from './catalog.js';
import type { DataSet } from './data-set.js';
import { digits } from './digits.js';
import { DownloadError } from './errors.js';
import { CacheError } from './node/cache.js';
import { loadFolder } from './node/folder.js';
import { loadPublished, type LoadOptions } from './node/load.js';

export type { AutoDataSet } from './auto.js';
export type { DownloadOptions } from './download.js';
export { CacheError, defaultCacheFolder, inspectCache, type CachedDataSet } from './node/cache.js';
export type { LoadOptions } from './node/load.js';

/**
 * Loads a data set by name, or the four IDX files of a folder.
 *
 * `mnist`, `fashion-mnist` and `kmnist` come from `dir`, `$AE_DATA_DIR`, the cache or the mirrors, the first that has them, and are
 * verified at every load. `digits` is drawn. Anything else is the path of a folder with IDX files of any count and image size.
 * @throws DataError for files that are damaged, incomplete or do not fit each other
 * @throws DownloadError when no mirror has the data set
 * @throws CacheError when there is nowhere to keep a download
 * @throws TypeError for what is neither a name nor a folder
 * @throws the signal's reason when it is aborted
 */
export async function loadDataSet(nameOrFolder: string, options: LoadOptions = {}): Promise<DataSet> {
  options.signal?.throwIfAborted();
  if (nameOrFolder === 'digits') return digits(options);
  if (Object.hasOwn(dataSets, nameOrFolder))
    return loadPublished(dataSets[nameOrFolder as DataSetName], options);
  if (statSync(nameOrFolder, { throwIfNoEntry: false })?.isDirectory())
    return loadFolder(nameOrFolder, options);
  throw new TypeError(
    `Cannot load data set "${nameOrFolder}": found no folder of that name, ` +
      `expected one of ${Object.keys(dataSets).join(', ')}, digits, or a folder with IDX files`,
  );
}

/**
 * Loads MNIST, or draws digits where it cannot be had; `notice` then says so in one line. Mirrors get a second each to answer.
 * @throws DataError when a folder that was named holds a damaged or incomplete MNIST
 * @throws the signal's reason when it is aborted
 */
export async function loadAuto(options: LoadOptions = {}): Promise<AutoDataSet> {
  try {
    return await loadPublished(dataSets.mnist, { connectTimeout: 1000, ...options });
  } catch (error) {
    if (!(error instanceof DownloadError || error instanceof CacheError)) throw error;
    return digitsInstead(error, 'name a folder that holds MNIST by --data-dir or AE_DATA_DIR', options);
  }
}
