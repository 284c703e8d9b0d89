import { type AutoDataSet, digitsInstead } from './auto.js';
import type { DataSetName } from './data-set-name.js';
import type { ImageDataSet } from './data-set.js';
import { digits } from './digits.js';
import { DownloadError, DataNotFoundError } from './errors.js';
import { CacheError } from './node/cache.js';
import { loadFolder } from './node/folder.js';
import { loadPublished, type LoadOptions } from './node/load.js';
import { dataSets } from './sets/index.js';

export type { AutoDataSet } from './auto.js';
export type { DownloadOptions } from './download.js';
export { CacheError, defaultCacheFolder, inspectCache, type CachedDataSet } from './node/cache.js';
export { DataNotFoundError } from './errors.js';
export { holdsIdxFiles } from './node/places.js';
export type { LoadOptions } from './node/load.js';

/**
 * Loads a data set by name, or the four IDX files of a folder.
 *
 * `mnist`, `fashion-mnist` and `kmnist` come from `dir` or `$AE_DATA_DIR` where one is given, otherwise from the cache or the mirrors,
 * and are verified at every load. `digits` is drawn. A name is a name, whatever folders there are: `./mnist` is the folder. Anything else
 * is the path of a folder with IDX files of any count and image size, or of a folder of torchvision's around such files.
 * @throws DataError for files that are damaged, incomplete or do not fit each other
 * @throws FileError when a file may not be read
 * @throws DownloadError when no mirror has the data set
 * @throws CacheError when there is nowhere to keep a download
 * @throws DataNotFoundError for what is neither a name nor a folder of IDX files, and where `dir` or `$AE_DATA_DIR` does not hold what was named
 * @throws RangeError when the validation images leave none for training
 * @throws the signal's reason when it is aborted
 */
export async function loadDataSet(nameOrFolder: string, options: LoadOptions = {}): Promise<ImageDataSet> {
  options.signal?.throwIfAborted();
  if (nameOrFolder === 'digits') return digits(options);
  if (Object.hasOwn(dataSets, nameOrFolder))
    return loadPublished(dataSets[nameOrFolder as DataSetName], options);
  if (nameOrFolder === 'auto')
    throw new DataNotFoundError(
      'data set "auto"',
      'what loadAuto() loads',
      'a name; for a folder of that name say ./auto',
    );
  return loadFolder(nameOrFolder, options);
}

/**
 * Loads MNIST, or draws digits where it cannot be had; `notice` then says so in one line. Mirrors get a second each to answer.
 * @throws DataError when the folder that was named holds a damaged or incomplete MNIST
 * @throws DataNotFoundError when it holds none
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
