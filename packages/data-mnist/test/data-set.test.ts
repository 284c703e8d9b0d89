import { describe, expect, test } from '@jest/globals';
import { DataError, dataSetFromIdx, splitValidation, writeIdx } from '../src/index.js';
import { named, sha256, tinyFiles } from './tiny.js';

const options = { name: 'tiny', source: 'memory' };
const labels = (...values: number[]) => writeIdx({ shape: [values.length], data: Uint8Array.from(values) });

/** Loads the tiny data set with some of its files replaced. */
const load = (changes: Partial<ReturnType<typeof tinyFiles>>) =>
  dataSetFromIdx(named({ ...tinyFiles(), ...changes }), options);

describe('dataSetFromIdx()', () => {
  test('puts four files together as train, validation and test', () => {
    const { train, validation, test, name, source } = load({});
    expect({ name, source }).toEqual(options);
    expect([train.count, validation.count, test.count]).toEqual([22, 2, 6]);
    expect([train.height, train.width, train.images.length, train.labels.length]).toEqual([
      4,
      3,
      22 * 12,
      22,
    ]);
    expect(Array.from(validation.labels)).toEqual([2, 3]);
    expect(validation.images[0]).toBe((22 * 12) % 251);
    expect(train.images.buffer).toBe(validation.images.buffer);
  });

  test('has the SHA-256 of the four unpacked files one after the other', () => {
    const { trainImages, trainLabels, testImages, testLabels } = tinyFiles();
    expect(load({}).checksum).toBe(sha256(Buffer.concat([trainImages, trainLabels, testImages, testLabels])));
  });

  test('refuses images in place of labels and labels in place of images', () => {
    expect(() => load({ trainImages: labels(1) })).toThrow(
      new DataError(
        'Cannot read train-images-idx3-ubyte: found the magic number 0x00000801, expected 0x00000803 for images',
      ),
    );
    expect(() => load({ testLabels: tinyFiles().testImages })).toThrow(
      'Cannot read t10k-labels-idx1-ubyte: found the magic number 0x00000803, expected 0x00000801 for labels',
    );
  });

  test('refuses a label above 9', () => {
    expect(() => load({ testLabels: labels(0, 1, 2, 10, 4, 5) })).toThrow(
      new DataError('Cannot read t10k-labels-idx1-ubyte: found label 10 at 3, expected 0 to 9'),
    );
  });

  test('refuses images and labels of different length', () => {
    expect(() => load({ testLabels: labels(0, 1, 2) })).toThrow(
      'Cannot read t10k-labels-idx1-ubyte: found 3 labels, expected one for each of the 6 images in t10k-images-idx3-ubyte',
    );
    expect(() => load({ testLabels: labels(0, 1, 2, 3, 4, 5, 6) })).toThrow(
      'found 7 labels, expected one for',
    );
  });

  test('refuses test images of another size than the training images', () => {
    for (const [height, width] of [
      [3, 4],
      [4, 5],
      [5, 3],
    ] as const) {
      const testImages = writeIdx({ shape: [6, height, width], data: new Uint8Array(6 * height * width) });
      expect(() => load({ testImages })).toThrow(
        `Cannot read t10k-images-idx3-ubyte: found images of ${height} by ${width} pixels, expected 4 by 3 as in train-images-idx3-ubyte`,
      );
    }
  });

  test('refuses a set without images', () => {
    const testImages = writeIdx({ shape: [0, 4, 3], data: new Uint8Array() });
    expect(() => load({ testImages, testLabels: labels() })).toThrow(
      'Cannot read t10k-images-idx3-ubyte: found shape [0,4,3], expected at least one image of one pixel',
    );
  });
});

describe('splitValidation()', () => {
  const set = (count: number) => ({
    images: new Uint8Array(count),
    labels: new Uint8Array(count),
    count,
    height: 1,
    width: 1,
  });

  test('takes the last 5,000 of 60,000 and the last twelfth of fewer', () => {
    expect([60_000, 240_000, 1200, 1].map((count) => splitValidation(set(count)).validation.count)).toEqual([
      5000, 5000, 100, 0,
    ]);
  });

  test('takes as many as it is told', () => {
    const { train, validation } = splitValidation(set(10), 4);
    expect([train.count, validation.count]).toEqual([6, 4]);
  });

  test('refuses to leave nothing for training', () => {
    expect(() => splitValidation(set(10), 10)).toThrow(
      'Cannot split 10 training images: found validationCount 10, expected 0 to 9',
    );
    expect(() => splitValidation(set(10), -1)).toThrow(RangeError);
    expect(() => splitValidation(set(10), 0.5)).toThrow(RangeError);
  });

  test('draws images of every class from a file that is sorted by label, where its end is one class', () => {
    const sorted = { ...set(1000), labels: Uint8Array.from({ length: 1000 }, (_, i) => Math.floor(i / 100)) };
    expect(new Set(splitValidation(sorted, 100).validation.labels).size).toBe(1);
    for (const seed of [0, 1, 2 ** 40]) {
      const { train, validation } = splitValidation(sorted, 100, seed);
      expect([train.count, validation.count]).toEqual([900, 100]);
      expect(new Set(validation.labels).size).toBe(10);
    }
  });

  test('draws each image once, with its label, in the order of the file, and leaves the file as it is', () => {
    const numbered = {
      ...set(200),
      images: Uint8Array.from({ length: 200 }, (_, i) => i),
      labels: Uint8Array.from({ length: 200 }, (_, i) => i % 10),
    };
    const { train, validation } = splitValidation(numbered, 30, 7);
    const [kept, taken] = [Array.from(train.images), Array.from(validation.images)];
    expect([...kept, ...taken].sort((a, b) => a - b)).toEqual(Array.from(numbered.images));
    expect(kept).toEqual(kept.toSorted((a, b) => a - b));
    expect(taken).toEqual(taken.toSorted((a, b) => a - b));
    expect(Array.from(validation.labels)).toEqual(taken.map((number) => number % 10));
    expect(Array.from(numbered.images)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  test('draws the same images for a seed on every machine and in every version: resumed runs depend on it', () => {
    const numbered = { ...set(20), images: Uint8Array.from({ length: 20 }, (_, i) => i) };
    // Computed by this package; a change here gives resumed runs other validation images.
    expect(Array.from(splitValidation(numbered, 5, 1).validation.images)).toEqual([0, 2, 5, 16, 18]);
    expect(() => splitValidation(numbered, 5, -1)).toThrow('found validationSeed -1');
  });
});

describe('the share that is for validation', () => {
  const counts = (options: object) => {
    const { train, validation } = dataSetFromIdx(named(tinyFiles()), {
      name: 'tiny',
      source: 'memory',
      ...options,
    });
    return [train.count, validation.count];
  };

  test('is rounded, but leaves an image on either side', () => {
    expect([0, 0.001, 0.1, 0.5, 0.999].map((validationShare) => counts({ validationShare }))).toEqual([
      [24, 0],
      [23, 1],
      [22, 2],
      [12, 12],
      [1, 23],
    ]);
  });

  test('is refused where it is none, or beside a count', () => {
    for (const validationShare of [1, -0.1, NaN])
      expect(() => counts({ validationShare })).toThrow(RangeError);
    expect(() => counts({ validationShare: 0.1, validationCount: 3 })).toThrow(TypeError);
  });
});
