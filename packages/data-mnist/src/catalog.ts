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
  files: Record<Part, PublishedFile>;
}

/** The names that MNIST gave to the files of every such data set, and that a folder of IDX files must use. */
export const fileNames: Record<Part, string> = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
};

/** The data sets that can be loaded by name. To add a mirror, add a line. */
export const dataSets = {
  /** Checksums agree between many independent publications of the unpacked files. */
  mnist: {
    name: 'mnist',
    description:
      'Handwritten digits: 60,000 for training, 10,000 for testing (LeCun, Cortes and Burges 1998)',
    torchvision: 'MNIST',
    validation: 5000,
    mirrors: [
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
    ],
    files: files({
      trainImages: { sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db' },
      trainLabels: { sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5' },
      testImages: { sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7' },
      testLabels: { sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2' },
    }),
  },
  /** Checksums agree between four independent projects that unpacked the publisher's files. */
  'fashion-mnist': {
    name: 'fashion-mnist',
    description:
      'Articles of clothing: 60,000 for training, 10,000 for testing (Xiao, Rasul and Vollgraf 2017)',
    torchvision: 'FashionMNIST',
    validation: 5000,
    mirrors: [
      'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
      'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
      'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    ],
    files: files({
      trainImages: { sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888' },
      trainLabels: { sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9' },
      testImages: { sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b' },
      testLabels: { sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34' },
    }),
  },
  /** Only checksums of the publisher's gzip could be found (in several independent projects), none of the unpacked files. */
  kmnist: {
    name: 'kmnist',
    description:
      'Cursive Japanese characters: 60,000 for training, 10,000 for testing (Clanuwat and others 2018)',
    torchvision: 'KMNIST',
    validation: 5000,
    mirrors: [
      'https://codh.rois.ac.jp/kmnist/dataset/kmnist/',
      'http://codh.rois.ac.jp/kmnist/dataset/kmnist/',
    ],
    files: files({
      trainImages: { gzipSha256: '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4' },
      trainLabels: { gzipSha256: 'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17' },
      testImages: { gzipSha256: 'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5' },
      testLabels: { gzipSha256: '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c' },
    }),
  },
} as const satisfies Record<string, PublishedDataSet>;

/** Names of the data sets that can be downloaded. */
export type DataSetName = keyof typeof dataSets;

/** Four files with MNIST's names and sizes. */
function files(
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
