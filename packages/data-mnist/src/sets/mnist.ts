import { mnistFiles, type PublishedDataSet } from '../published.js';

/** Checksums agree between many independent publications of the unpacked files. */
export const mnist = {
  name: 'mnist',
  description: 'Handwritten digits: 60,000 for training, 10,000 for testing (LeCun, Cortes and Burges 1998)',
  torchvision: 'MNIST',
  validation: 5000,
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  mirrors: [
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
  ],
  files: mnistFiles({
    trainImages: { sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db' },
    trainLabels: { sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5' },
    testImages: { sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7' },
    testLabels: { sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2' },
  }),
} as const satisfies PublishedDataSet;
