import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromArray, splitExamples, type DataSet } from '../src/index.js';

/** Examples whose two values and whose label and name are their number. */
const numbered = (count: number) =>
  fromArray(
    Float32Array.from({ length: 2 * count }, (_, i) => Math.floor(i / 2)),
    {
      shape: [2],
      labels: Uint16Array.from({ length: count }, (_, i) => i),
      names: Array.from({ length: count }, (_, i) => `${i}`),
    },
  );
const labelsOf = ({ train, validation, test }: DataSet) =>
  [train, validation, test].map((part) => Array.from(part?.labels ?? []));

describe('splitExamples()', () => {
  test('puts every example into one part, with its label and name', () => {
    const share = fc.double({ min: 0, max: 0.4, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 300 }),
        share,
        share,
        fc.maxSafeNat(),
        (count, validation, test, seed) => {
          const data = splitExamples(numbered(count), { validation, test, seed });
          const all = labelsOf(data).flat();
          expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
          for (const part of [data.train, data.validation, data.test ?? data.train]) {
            expect(Array.from(part.labels!).map(String)).toEqual(part.names);
            expect(Array.from(part.values)).toEqual([...part.labels!].flatMap((label) => [label, label]));
          }
        },
      ),
    );
  });

  test('draws as a function of the seed, and keeps what it drew from version to version', () => {
    const drawn = (seed: number) =>
      labelsOf(splitExamples(numbered(10), { validation: 0.2, test: 0.2, seed }));
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
    // Computed by this package; a change here gives other people's runs other test examples.
    expect(drawn(1)).toEqual([
      [0, 1, 5, 6, 8, 9],
      [2, 7],
      [3, 4],
    ]);
  });

  test('takes a tenth for validation and a tenth for the test, one at least', () => {
    expect(labelsOf(splitExamples(numbered(60))).map(({ length }) => length)).toEqual([48, 6, 6]);
    expect(labelsOf(splitExamples(numbered(3))).map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(splitExamples(numbered(3), { test: 0 }).test).toBeUndefined();
  });

  test('cuts a series by order, the last for the test, without copies', () => {
    const series = numbered(10);
    const data = splitExamples(series, { by: 'order', validation: 0.2, test: 0.3 });
    expect(labelsOf(data)).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6],
      [7, 8, 9],
    ]);
    expect(data.test!.values.buffer).toBe(series.values.buffer);
    expect(data.test!.names).toEqual(['7', '8', '9']);
  });

  test('knows the same data again by their checksum, and no others', () => {
    const sumOf = (values: number[], shape: number[], labels?: number[]) =>
      splitExamples(fromArray(values, { shape, labels }), { validation: 0, test: 0 }).checksum;
    const one = [1, 2, 3, 4];
    expect(sumOf(one, [2], [0, 1])).toBe(sumOf([...one], [2], [0, 1]));
    expect(
      new Set([sumOf(one, [2]), sumOf(one, [4]), sumOf(one, [2], [0, 1]), sumOf([1, 2, 3, 5], [2])]).size,
    ).toBe(4);
  });

  test('refuses shares that leave nothing to train on', () => {
    expect(() => splitExamples(numbered(2))).toThrow(
      'Cannot split 2 examples: found 1 for validation and 1 for the test, expected at least one left for training',
    );
    expect(() => splitExamples(numbered(9), { validation: 1 })).toThrow(
      'found validation 1, expected a share',
    );
    expect(() => splitExamples(numbered(9), { test: -0.1 })).toThrow(RangeError);
    expect(() => splitExamples(numbered(9), { seed: 0.5 })).toThrow(RangeError);
    expect(() => splitExamples(numbered(9), { by: 'label' as 'order' })).toThrow(`found by "label"`);
  });
});
