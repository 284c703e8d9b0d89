import { mnistFiles, type PublishedDataSet } from '../published.js';

/** Only checksums of the publisher's gzip could be found (in several independent projects), none of the unpacked files. */
export const kmnist = {
  name: 'kmnist',
  description:
    'Cursive Japanese characters: 60,000 for training, 10,000 for testing (Clanuwat and others 2018)',
  torchvision: 'KMNIST',
  validation: 5000,
  classes: ['お', 'き', 'す', 'つ', 'な', 'は', 'ま', 'や', 'れ', 'を'],
  mirrors: [
    'https://codh.rois.ac.jp/kmnist/dataset/kmnist/',
    'http://codh.rois.ac.jp/kmnist/dataset/kmnist/',
  ],
  files: mnistFiles({
    trainImages: { gzipSha256: '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4' },
    trainLabels: { gzipSha256: 'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17' },
    testImages: { gzipSha256: 'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5' },
    testLabels: { gzipSha256: '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c' },
  }),
} as const satisfies PublishedDataSet;
