import { describe, expect, test } from '@jest/globals';
import { writeIdx } from '@ae/data';
import { DataError, dataSetFromIdx } from '../src/index.js';
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
    expect(train.shape).toEqual([4, 3, 1]);
    expect([train.values.length, train.labels.length]).toEqual([22 * 12, 22]);
    expect(Array.from(validation.labels)).toEqual([2, 3]);
    expect(validation.values[0]).toBe((22 * 12) % 251);
    expect(train.values.buffer).toBe(validation.values.buffer);
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

  test('takes any labels, unless the classes are known', () => {
    const files = named({ ...tinyFiles(), testLabels: labels(0, 1, 2, 10, 4, 5) });
    expect(Array.from(dataSetFromIdx(files, options).test.labels)).toEqual([0, 1, 2, 10, 4, 5]);
    const classes = [...'abcdefghij'];
    expect(() => dataSetFromIdx(files, { ...options, classes })).toThrow(
      new DataError('Cannot read t10k-labels-idx1-ubyte: found label 10 at 3, expected 0 to 9'),
    );
    expect(dataSetFromIdx(files, { ...options, classes: [...classes, 'k'] }).train.classes?.[10]).toBe('k');
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
