import { type AutoDataSet, digitsInstead } from './auto.js';
import {
  type BrowserLoadOptions,
  loadPublished,
  loadPublishedTest,
  type TestImages,
} from './browser/load.js';
import type { DataSetName } from './data-set-name.js';
import type { ImageDataSet } from './data-set.js';
import type { DownloadOptions } from './download.js';
import { digits } from './digits.js';
import { DownloadError } from './errors.js';
import { dataSets } from './sets/index.js';

export type { AutoDataSet } from './auto.js';
export type { BrowserLoadOptions, TestImages } from './browser/load.js';
export type { DownloadOptions } from './download.js';

/**
 * Loads a data set by name: `mnist`, `fashion-mnist` and `kmnist` from Cache Storage or the mirrors, verified at every load; `digits`
 * is drawn. A mirror must allow other sites to read it (CORS); a folder of your own site can be named in `mirrors`.
 * @throws DownloadError when no mirror has the data set
 * @throws TypeError for an unknown name
 * @throws the signal's reason when it is aborted
 */
export async function loadDataSet(name: string, options: BrowserLoadOptions = {}): Promise<ImageDataSet> {
  options.signal?.throwIfAborted();
  if (name === 'digits') return digits(options);
  if (Object.hasOwn(dataSets, name)) return loadPublished(dataSets[name as DataSetName], options);
  throw unknownName(name, [...Object.keys(dataSets), 'digits']);
}

/**
 * Loads the test images of `mnist`, `fashion-mnist` or `kmnist` alone, for a page that shows a few: 10,000 images in 1.6 to 5 MB, from
 * Cache Storage or the mirrors, verified at every load.
 * @throws DownloadError when no mirror has them
 * @throws TypeError for an unknown name
 * @throws the signal's reason when it is aborted
 */
export async function loadTestImages(name: DataSetName, options: DownloadOptions = {}): Promise<TestImages> {
  options.signal?.throwIfAborted();
  if (!Object.hasOwn(dataSets, name)) throw unknownName(name, Object.keys(dataSets));
  return loadPublishedTest(dataSets[name], options);
}

/**
 * Loads MNIST, or draws digits where it cannot be had; `notice` then says so in one line. Mirrors get a second each to answer.
 * @throws the signal's reason when it is aborted
 */
export async function loadAuto(options: BrowserLoadOptions = {}): Promise<AutoDataSet> {
  try {
    return await loadDataSet('mnist', { connectTimeout: 1000, ...options });
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    return digitsInstead(error, 'name a folder on the web that holds MNIST in `mirrors`', options);
  }
}

const unknownName = (name: string, known: readonly string[]) =>
  new TypeError(`Cannot load data set "${name}": found no such name, expected one of ${known.join(', ')}`);
