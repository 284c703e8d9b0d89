import { basename, join, resolve } from 'node:path';
import { DataError, throwIfStopped, unpackIdx, type ValidationOptions } from '@ae/data';
import { readRegularFile } from '@ae/data/node';
import { dataSetFromIdx, type IdxFile, type ImageDataSet, type Part, parts } from '../data-set.js';
import { DataNotFoundError } from '../errors.js';
import { fileNames, type PublishedDataSet, type PublishedFile } from '../published.js';
import { dataSets } from '../sets/index.js';
import { verifyFile } from '../verify.js';
import { foldersOfFiles, fourFiles, namesOf, whatIsAt } from './places.js';
import { nodePlatform } from './platform.js';

/** Largest file of a folder that is taken, packed or unpacked: a million images of 32 by 32 pixels. */
const largest = 2 ** 30;

/** Seed that draws the validation images of a folder where none is given. */
const defaultSeed = 1;

/**
 * Loads any four IDX files of bytes under MNIST's names, gzipped or not, of any count and image size. Validation images are drawn out of
 * the training images, because nothing says that a folder's images are in random order.
 * @throws DataNotFoundError where none of the files is there
 * @throws DataError when one is missing or not what it should be
 * @throws FileError when one may not be read
 */
export async function loadFolder(
  asked: string,
  {
    signal,
    validationSeed = defaultSeed,
    ...options
  }: ValidationOptions & { signal?: AbortSignal | undefined },
): Promise<ImageDataSet> {
  const folder = await folderOf(asked);
  const files = {} as Record<Part, IdxFile>;
  for (const part of parts) {
    throwIfStopped(signal);
    const found = await readFirst(folder, namesOf(part), largest);
    if (!found) {
      throw new DataError(
        `Cannot load ${folder}: found no ${fileNames[part]}, expected it there, with or without .gz`,
      );
    }
    const { file } = found;
    const bytes = await unpackIdx(found.bytes, { file, limit: largest, gunzip: nodePlatform.gunzip });
    files[part] = { file, bytes };
  }
  return dataSetFromIdx(files, {
    name: basename(resolve(asked)),
    source: `the IDX files in ${folder}`,
    validationCount: options.validationCount,
    validationShare: options.validationShare,
    validationSeed,
    checksum: await nodePlatform.sha256(parts.map((part) => files[part].bytes)),
  });
}

/**
 * One file of a published data set from a folder, verified, or `undefined` where it is not there.
 * @param asPublished whether the folder holds the publisher's own gzips, as the cache does
 * @throws DataError when it is damaged
 */
export async function readPublished(
  folder: string,
  published: PublishedFile,
  { part, asPublished }: { part: Part; asPublished: boolean },
): Promise<IdxFile | undefined> {
  const found = await readFirst(folder, namesOf(part), published.bytes + 2 ** 20);
  if (!found) return undefined;
  const { file } = found;
  return {
    file,
    bytes: await verifyFile(found.bytes, published, { file, asPublished, platform: nodePlatform }),
  };
}

/** The name of another published data set that a folder holds, told by its training labels. */
export async function otherSetIn(folder: string, { name }: PublishedDataSet): Promise<string | undefined> {
  const found = await readFirst(folder, namesOf('trainLabels'), 2 ** 20).catch((error: unknown) => {
    if (!(error instanceof DataError)) throw error;
  });
  if (!found) return undefined;
  const { bytes, file } = found;
  const unpacked = await unpackIdx(bytes, { file, limit: 2 ** 20, gunzip: nodePlatform.gunzip }).catch(
    () => bytes,
  );
  const packedSum = await nodePlatform.sha256([bytes]);
  const sum = await nodePlatform.sha256([unpacked]);
  const sets: PublishedDataSet[] = Object.values(dataSets);
  const held = sets.find(
    ({ files: { trainLabels } }) => trainLabels.sha256 === sum || trainLabels.gzipSha256 === packedSum,
  );
  return held?.name === name ? undefined : held?.name;
}

async function folderOf(asked: string): Promise<string> {
  const [folder, another] = await foldersOfFiles(asked);
  if (folder === undefined)
    throw new DataNotFoundError(
      `data set "${asked}"`,
      await whatIsAt(asked),
      `one of ${[...Object.keys(dataSets), 'digits'].join(', ')}, or a folder that holds ${fourFiles}`,
    );
  if (another !== undefined)
    throw new DataError(
      `Cannot load ${asked}: found files in ${folder} and in ${another}, expected one set; name one of these folders`,
    );
  return folder;
}

/** The first of the names that is there. */
async function readFirst(
  folder: string,
  names: readonly string[],
  limit: number,
): Promise<IdxFile | undefined> {
  for (const name of names) {
    const file = join(folder, name);
    const bytes = await readRegularFile(file, limit);
    if (bytes) return { file, bytes };
  }
  return undefined;
}
