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
  });

  test('refuses test images of another size than the training images', () => {
    const testImages = writeIdx({ shape: [6, 3, 4], data: new Uint8Array(72) });
    expect(() => load({ testImages })).toThrow(
      'Cannot read t10k-images-idx3-ubyte: found images of 3 by 4 pixels, expected 4 by 3 as in train-images-idx3-ubyte',
    );
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
});
