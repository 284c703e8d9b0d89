import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { DataError } from './errors.js';
import { checkIdx, hex, parseIdxHeader } from './idx-header.js';
import { splitValidation, type ValidationOptions, validationCountOf } from './split.js';

/** Images of one channel and their labels. */
export interface ImageSet {
  /** `count · height · width` bytes, row by row, 0 (paper) to 255 (ink). */
  images: Uint8Array;
  /** One label per image, 0 to 9. */
  labels: Uint8Array;
  count: number;
  height: number;
  width: number;
}

/** A data set in its three splits. */
export interface DataSet {
  /** `mnist`, `fashion-mnist`, `kmnist`, `digits`, or the name of a folder. */
  name: string;
  /** Where it came from, in one line for people. */
  source: string;
  /** SHA-256 over the unpacked bytes of the four files: training images and labels, test images and labels. */
  checksum: string;
  /** What drew the validation images out of the training images; absent where they are the end of the file. */
  validationSeed?: number;
  train: ImageSet;
  validation: ImageSet;
  test: ImageSet;
}

/** The parts of a data set, in the order in which its checksum takes them. */
export const parts = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const;
export type Part = (typeof parts)[number];

/** The unpacked bytes of one IDX file, and the name that errors carry. */
export interface IdxFile {
  file: string;
  bytes: Uint8Array;
}

export interface DataSetOptions extends ValidationOptions {
  name: string;
  source: string;
  /** The checksum, where it is known already. @default computed here */
  checksum?: string;
}

/**
 * Puts the four files of a data set together. Image bytes are copied only where `validationSeed` draws the validation images.
 * @throws DataError when a file is not what it should be, or the files do not fit each other
 * @throws RangeError when the validation images leave none for training
 */
export function dataSetFromIdx(files: Record<Part, IdxFile>, options: DataSetOptions): DataSet {
  const trainable = imageSet(files.trainImages, files.trainLabels);
  const test = imageSet(files.testImages, files.testLabels);
  if (trainable.height !== test.height || trainable.width !== test.width) {
    throw new DataError(
      `Cannot read ${files.testImages.file}: found images of ${test.height} by ${test.width} pixels, ` +
        `expected ${trainable.height} by ${trainable.width} as in ${files.trainImages.file}`,
    );
  }
  const { name, source, validationSeed } = options;
  return {
    ...{ name, source },
    checksum: options.checksum ?? checksumOf(parts.map((part) => files[part].bytes)),
    ...(typeof validationSeed === 'number' && { validationSeed }),
    ...splitValidation(trainable, validationCountOf(trainable.count, options), validationSeed),
    test,
  };
}

/** Images and their labels, which must fit each other. */
export function imageSet(imageFile: IdxFile, labelFile: IdxFile): ImageSet {
  const images = uint8Array(imageFile, 3, 'images');
  const labels = uint8Array(labelFile, 1, 'labels');
  const [count, height, width] = images.shape as [number, number, number];
  if (count === 0 || height === 0 || width === 0) {
    throw new DataError(
      `Cannot read ${imageFile.file}: found shape [${images.shape}], expected at least one image of one pixel`,
    );
  }
  if (labels.data.length !== count) {
    throw new DataError(
      `Cannot read ${labelFile.file}: found ${labels.data.length} labels, expected one for each of the ${count} images in ${imageFile.file}`,
    );
  }
  const wrong = labels.data.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new DataError(
      `Cannot read ${labelFile.file}: found label ${labels.data[wrong]} at ${wrong}, expected 0 to 9`,
    );
  }
  return { images: images.data, labels: labels.data, count, height, width };
}

/** An IDX file that must hold bytes in so many dimensions. */
function uint8Array(
  { file, bytes }: IdxFile,
  dimensions: number,
  what: string,
): { shape: number[]; data: Uint8Array } {
  const header = parseIdxHeader(bytes, { file });
  if (header && header.magic !== 0x0800 + dimensions) {
    throw new DataError(
      `Cannot read ${file}: found the magic number ${hex(header.magic)}, expected ${hex(0x0800 + dimensions)} for ${what}`,
    );
  }
  const { shape, offset } = checkIdx(bytes, { file });
  return { shape, data: bytes.subarray(offset) };
}

/** SHA-256 over pieces of bytes one after the other, as 64 hexadecimal digits. */
export function checksumOf(pieces: readonly Uint8Array[]): string {
  const hash = sha256.create();
  for (const piece of pieces) hash.update(piece);
  return bytesToHex(hash.digest());
}
