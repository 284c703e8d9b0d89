import { describe, expect, test } from '@jest/globals';
import { splitValidation, validationCountOf } from '../src/index.js';

describe('splitValidation()', () => {
  const set = (count: number) => ({
    values: new Uint8Array(count),
    labels: new Uint8Array(count),
    count,
    shape: [1, 1, 1],
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
      'Cannot split 10 training examples: found validationCount 10, expected 0 to 9',
    );
    expect(() => splitValidation(set(10), -1)).toThrow(RangeError);
    expect(() => splitValidation(set(10), 0.5)).toThrow(RangeError);
  });

  test('draws examples of every class from a file that is sorted by label, where its end is one class', () => {
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
      values: Uint8Array.from({ length: 200 }, (_, i) => i),
      labels: Uint8Array.from({ length: 200 }, (_, i) => i % 10),
    };
    const { train, validation } = splitValidation(numbered, 30, 7);
    const [kept, taken] = [Array.from(train.values), Array.from(validation.values)];
    expect([...kept, ...taken].sort((a, b) => a - b)).toEqual(Array.from(numbered.values));
    expect(kept).toEqual(kept.toSorted((a, b) => a - b));
    expect(taken).toEqual(taken.toSorted((a, b) => a - b));
    expect(Array.from(validation.labels)).toEqual(taken.map((number) => number % 10));
    expect(Array.from(numbered.values)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  test('draws the same examples for a seed on every machine and in every version: resumed runs depend on it', () => {
    const numbered = { ...set(20), values: Uint8Array.from({ length: 20 }, (_, i) => i) };
    // Computed by this package; a change here gives resumed runs other validation examples.
    expect(Array.from(splitValidation(numbered, 5, 1).validation.values)).toEqual([0, 2, 5, 16, 18]);
    expect(() => splitValidation(numbered, 5, -1)).toThrow('found validationSeed -1');
  });
});

describe('validationCountOf()', () => {
  test('rounds a share, but leaves an example on either side', () => {
    const counts = [0, 0.001, 0.1, 0.5, 0.999].map((validationShare) =>
      validationCountOf(24, { validationShare }),
    );
    expect(counts).toEqual([0, 1, 2, 12, 23]);
  });

  test('refuses a share that is none, or beside a count', () => {
    for (const validationShare of [1, -0.1, NaN])
      expect(() => validationCountOf(24, { validationShare })).toThrow(RangeError);
    expect(() => validationCountOf(24, { validationShare: 0.1, validationCount: 3 })).toThrow(TypeError);
  });
});
