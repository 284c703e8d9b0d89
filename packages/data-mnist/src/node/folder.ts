import { open } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { dataSets, fileNames, type PublishedDataSet, type PublishedFile } from '../catalog.js';
import { type DataSet, dataSetFromIdx, type IdxFile, type Part, parts } from '../data-set.js';
import { DataError } from '../errors.js';
import { throwIfStopped } from '../progress.js';
import { unpackIdx } from '../unpack.js';
import { verifyFile } from '../verify.js';
import { nodePlatform } from './platform.js';

/** Largest file of a folder that is taken, packed or unpacked: a million images of 32 by 32 pixels. */
const largest = 2 ** 30;

/** The names a file may have: MNIST's, or with a dot as some archives have it, packed or not. */
function candidates(part: Part): string[] {
  const name = fileNames[part];
  const dotted = name.replace('-idx', '.idx');
  return [name, `${name}.gz`, dotted, `${dotted}.gz`];
}

/**
 * Loads any four IDX files of bytes under MNIST's names, gzipped or not, of any count and image size.
 * @throws DataError when a file is missing or not what it should be
 */
export async function loadFolder(
  folder: string,
  { validationCount, signal }: { validationCount?: number | undefined; signal?: AbortSignal | undefined },
): Promise<DataSet> {
  const files = {} as Record<Part, IdxFile>;
  for (const part of parts) {
    throwIfStopped(signal);
    const found = await readFirst(folder, candidates(part), largest);
    if (!found) {
      throw new DataError(
        `Cannot load ${folder}: found no ${fileNames[part]}, expected it there, with or without .gz`,
      );
    }
    const bytes = await unpackIdx(found.bytes, {
      file: found.file,
      limit: largest,
      gunzip: nodePlatform.gunzip,
    });
    files[part] = { file: found.file, bytes };
  }
  return dataSetFromIdx(files, {
    name: basename(resolve(folder)),
    source: `the IDX files in ${folder}`,
    validationCount,
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
  const found = await readFirst(folder, candidates(part), published.bytes + 2 ** 20);
  if (!found) return undefined;
  const { file } = found;
  return {
    file,
    bytes: await verifyFile(found.bytes, published, { file, asPublished, platform: nodePlatform }),
  };
}

/** Whether a folder holds another published data set than the one expected, told by its training labels. */
export async function holdsAnother(folder: string, { name }: PublishedDataSet): Promise<boolean> {
  const found = await readFirst(folder, candidates('trainLabels'), 2 ** 20);
  if (!found) return false;
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
  return held !== undefined && held.name !== name;
}

/** The first of the names that is there. */
async function readFirst(
  folder: string,
  names: readonly string[],
  limit: number,
): Promise<IdxFile | undefined> {
  for (const name of names) {
    const file = join(folder, name);
    const bytes = await readIfThere(file, limit);
    if (bytes) return { file, bytes };
  }
  return undefined;
}

async function readIfThere(file: string, limit: number): Promise<Uint8Array | undefined> {
  let handle;
  try {
    handle = await open(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new DataError(`Cannot open ${file}: ${(error as Error).message}`, { cause: error });
  }
  try {
    const status = await handle.stat();
    if (!status.isFile())
      throw new DataError(`Cannot read ${file}: found a folder or device, expected a file`);
    const { size } = status;
    if (size > limit)
      throw new DataError(`Cannot read ${file}: found ${size} bytes, expected at most ${limit}`);
    const bytes = await handle.readFile();
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } finally {
    await handle.close();
  }
}
