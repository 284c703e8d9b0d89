import { DataError, type ValidationOptions } from '@ae/data';
import {
  dataSetFromIdx,
  type IdxFile,
  type ImageDataSet,
  labelledImages,
  type LabelledImages,
  type Part,
  parts,
} from '../data-set.js';
import { createDownloader, type DownloadOptions } from '../download.js';
import { ownSplit } from '../own-split.js';
import type { PublishedDataSet, PublishedFile } from '../published.js';
import { verifyFile } from '../verify.js';
import { browserPlatform } from './platform.js';

export interface BrowserLoadOptions extends DownloadOptions, ValidationOptions {}

/** Name of the cache in Cache Storage; it may be deleted at any time. */
export const cacheName = 'ae-data-mnist';

/** The test images of a published data set. */
export interface TestImages extends LabelledImages {
  /** `mnist`, `fashion-mnist` or `kmnist`. */
  name: string;
  /** Where they came from, in one line for people. */
  source: string;
}

/** A published data set from Cache Storage or the mirrors. One tab downloads while the others wait. */
export async function loadPublished(
  dataSet: PublishedDataSet,
  options: BrowserLoadOptions,
): Promise<ImageDataSet> {
  const { files, source } = await loadFiles(dataSet, parts, options);
  return dataSetFromIdx(files, {
    name: dataSet.name,
    source,
    classes: dataSet.classes,
    ...ownSplit(dataSet, options),
  });
}

/** Its test images alone, a seventh of the bytes. */
export async function loadPublishedTest(
  dataSet: PublishedDataSet,
  options: DownloadOptions,
): Promise<TestImages> {
  const { files, source } = await loadFiles(dataSet, ['testImages', 'testLabels'], options);
  return {
    name: dataSet.name,
    source,
    ...labelledImages(files.testImages, files.testLabels, dataSet.classes),
  };
}

async function loadFiles<Wanted extends Part>(
  dataSet: PublishedDataSet,
  wanted: readonly Wanted[],
  options: DownloadOptions,
): Promise<{ files: Record<Wanted, IdxFile>; source: string }> {
  const load = () => readOrDownload(dataSet, wanted, options);
  const { locks } = navigator;
  const { signal } = options;
  const loaded = locks
    ? await locks.request(`${cacheName}/${dataSet.name}`, signal ? { signal } : {}, load)
    : await load();
  signal?.throwIfAborted();
  return loaded;
}

async function readOrDownload<Wanted extends Part>(
  dataSet: PublishedDataSet,
  wanted: readonly Wanted[],
  options: DownloadOptions,
): Promise<{ files: Record<Wanted, IdxFile>; source: string }> {
  const cache = await openCache();
  let from = 'the cache of this browser';
  const download = createDownloader(dataSet, browserPlatform, options);
  const files = {} as Record<Wanted, IdxFile>;
  for (const part of wanted) {
    const published = dataSet.files[part];
    const kept = cache && (await readCache(cache, dataSet, published));
    options.signal?.throwIfAborted();
    if (kept) {
      files[part] = kept;
      continue;
    }
    const { url, packed, bytes } = await download(published);
    // A browser short of space refuses to keep the file; the next visit then downloads it again.
    await cache
      ?.put(address(dataSet, published), new Response(packed as Uint8Array<ArrayBuffer>))
      .catch(() => {});
    from = new URL('.', url).href;
    files[part] = { file: url, bytes };
  }
  return { files, source: `${dataSet.name} from ${from}` };
}

/** Cache Storage, which pages outside secure contexts and in some private windows do not have. */
async function openCache(): Promise<Cache | undefined> {
  return globalThis.caches?.open(cacheName).catch(() => undefined);
}

/** A damaged file counts as absent: it will be downloaded again. */
async function readCache(
  cache: Cache,
  dataSet: PublishedDataSet,
  published: PublishedFile,
): Promise<IdxFile | undefined> {
  const kept = await cache.match(address(dataSet, published));
  if (!kept) return undefined;
  const file = `${published.name} from the browser's cache`;
  try {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    return {
      file,
      bytes: await verifyFile(bytes, published, { file, asPublished: true, platform: browserPlatform }),
    };
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

/** The key of a file in the cache; nothing is ever fetched from it. */
function address(dataSet: PublishedDataSet, published: PublishedFile): string {
  return `/${cacheName}/${dataSet.name}/${published.name}.gz`;
}
