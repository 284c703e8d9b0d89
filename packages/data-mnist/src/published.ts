import type { Part } from './data-set.js';

/** One file of a data set as its publisher made it. */
export interface PublishedFile {
  /** Name of the unpacked file; mirrors carry it as `<name>.gz`. */
  name: string;
  /** Length of the unpacked file. */
  bytes: number;
  /** SHA-256 of the unpacked file. Mirrors pack differently, so this is what counts. */
  sha256?: string;
  /** SHA-256 of the publisher's gzip, where nobody has published that of the unpacked file. */
  gzipSha256?: string;
}

/** A data set that can be downloaded. */
export interface PublishedDataSet {
  name: string;
  /** What is in it, in one line. */
  description: string;
  /** Folders on the web that hold the four files, tried in this order. */
  mirrors: readonly string[];
  /** The folder in which torchvision keeps it; its files lie in `raw` there. */
  torchvision?: string;
  /** The split that it defines: so many images at the end of the training images are for validation. */
  validation: number;
  /** What the labels mean, in their order. */
  classes: readonly string[];
  files: Record<Part, PublishedFile>;
}

/** The names that MNIST gave to the files of every such data set, and that a folder of IDX files must use. */
export const fileNames: Record<Part, string> = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
};

/** Four files with MNIST's names and sizes, 60,000 and 10,000 images of 28 by 28 pixels. */
export function mnistFiles(
  checksums: Record<Part, { sha256: string } | { gzipSha256: string }>,
): Record<Part, PublishedFile> {
  const file = (part: Part, bytes: number) => ({ name: fileNames[part], bytes, ...checksums[part] });
  return {
    trainImages: file('trainImages', 16 + 60_000 * 28 * 28),
    trainLabels: file('trainLabels', 8 + 60_000),
    testImages: file('testImages', 16 + 10_000 * 28 * 28),
    testLabels: file('testLabels', 8 + 10_000),
  };
}
