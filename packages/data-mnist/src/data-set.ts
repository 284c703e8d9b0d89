import {
  DataError,
  hex,
  parseIdx,
  parseIdxHeader,
  sha256Of,
  splitValidation,
  validationCountOf,
  type DataSet,
  type Examples,
  type ValidationOptions,
} from '@ae/data';

/** Images of one channel, `shape` `[height, width, 1]`, and their labels. */
export interface LabelledImages extends Examples {
  /** Row by row, 0 (paper) to 255 (ink). */
  values: Uint8Array;
  /** One an image, as the files have them. */
  labels: Uint8Array;
}

/** A data set of such images in its three splits. */
export interface ImageDataSet extends DataSet {
  /** SHA-256 over the unpacked bytes of the four files: training images and labels, test images and labels. */
  checksum: string;
  train: LabelledImages;
  validation: LabelledImages;
  test: LabelledImages;
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
  /** What the labels mean; they must be places in it. @default unknown, any label is taken */
  classes?: readonly string[];
}

/**
 * Puts the four files of a data set together. Image bytes are copied only where `validationSeed` draws the validation images.
 * @throws DataError when a file is not what it should be, or the files do not fit each other
 * @throws RangeError when the validation images leave none for training
 */
export function dataSetFromIdx(files: Record<Part, IdxFile>, options: DataSetOptions): ImageDataSet {
  const { name, source, validationSeed, classes } = options;
  const trainable = labelledImages(files.trainImages, files.trainLabels, classes);
  const test = labelledImages(files.testImages, files.testLabels, classes);
  if (`${trainable.shape}` !== `${test.shape}`) {
    const [expected, found] = [trainable, test].map(({ shape: [height, width] }) => `${height} by ${width}`);
    throw new DataError(
      `Cannot read ${files.testImages.file}: found images of ${found} pixels, expected ${expected} as in ${files.trainImages.file}`,
    );
  }
  return {
    ...{ name, source },
    checksum: options.checksum ?? sha256Of(parts.map((part) => files[part].bytes)),
    ...(typeof validationSeed === 'number' && { validationSeed }),
    ...splitValidation(trainable, validationCountOf(trainable.count, options), validationSeed),
    test,
  };
}

/** Images and their labels, which must fit each other. */
export function labelledImages(
  imageFile: IdxFile,
  labelFile: IdxFile,
  classes?: readonly string[],
): LabelledImages {
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
  const wrong = classes ? labels.data.findIndex((label) => label >= classes.length) : -1;
  if (wrong >= 0) {
    throw new DataError(
      `Cannot read ${labelFile.file}: found label ${labels.data[wrong]} at ${wrong}, expected 0 to ${classes!.length - 1}`,
    );
  }
  return {
    values: images.data,
    shape: [height, width, 1],
    count,
    labels: labels.data,
    ...(classes && { classes }),
  };
}

/** An IDX file that must hold bytes in so many dimensions. */
function uint8Array({ file, bytes }: IdxFile, dimensions: number, what: string) {
  const header = parseIdxHeader(bytes, { file });
  if (header && header.magic !== 0x0800 + dimensions) {
    throw new DataError(
      `Cannot read ${file}: found the magic number ${hex(header.magic)}, expected ${hex(0x0800 + dimensions)} for ${what}`,
    );
  }
  const { shape, data } = parseIdx(bytes, { file });
  return { shape, data: data as Uint8Array };
}
