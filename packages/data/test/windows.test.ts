import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dataSetOf, fromArray, standardise, windows } from '../src/index.js';

describe('windows()', () => {
  test('slides over a series, step by step', () => {
    const { values, shape, count } = windows([1, 2, 3, 4], { length: 3 });
    expect({ shape, count }).toEqual({ shape: [3, 1], count: 2 });
    expect(Array.from(values)).toEqual([1, 2, 3, 2, 3, 4]);
  });

  test('keeps the channels of a step together, and bytes bytes', () => {
    const series = Uint8Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50);
    const { values, shape, count } = windows(series, { channels: 2, length: 2, stride: 2 });
    expect({ shape, count }).toEqual({ shape: [2, 2], count: 2 });
    expect(values).toEqual(Uint8Array.of(1, 10, 2, 20, 3, 30, 4, 40));
  });

  test('has every whole window and no other', () => {
    const whole = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 0, max: 60 }), (length, stride, more) => {
        const steps = length + more;
        const { values, count } = windows(
          Array.from({ length: steps }, (_, i) => i),
          { length, stride },
        );
        const starts = Array.from({ length: steps }, (_, i) => i).filter(
          (i) => i % stride === 0 && i + length <= steps,
        );
        expect(count).toBe(starts.length);
        expect(Array.from(values)).toEqual(
          starts.flatMap((start) => Array.from({ length }, (_, i) => start + i)),
        );
      }),
    );
  });

  test('refuses a series that is shorter than a window, and half a step', () => {
    expect(() => windows([1, 2], { length: 3 })).toThrow('found a series of 2 steps, expected at least 3');
    expect(() => windows([1, 2, 3], { channels: 2, length: 1 })).toThrow(
      'found 3 values, expected a multiple of 2',
    );
    expect(() => windows([1, 2], { length: 0 })).toThrow('found length 0, expected a whole number from 1');
    expect(() => windows([1, 2], { length: 1, stride: 0.5 })).toThrow(RangeError);
  });

  const table = {
    ...fromArray([1, 10, 2, 20, 3, 30, 4, 40, 5, 50], {
      ...{ shape: [2], labels: [0, 0, 1, 0, 0], classes: ['fine', 'broken'] },
      names: ['1h', '2h', '3h', '4h', '5h'],
    }),
    fields: ['warmth', 'load'].map((name) => ({ name, kind: 'number' as const })),
  };

  test('takes the rows of a table as steps: named by the first, and an anomaly where one of them is', () => {
    const { values, ...rest } = windows(table, { length: 2, stride: 1 });
    expect(Array.from(values)).toEqual([1, 10, 2, 20, 2, 20, 3, 30, 3, 30, 4, 40, 4, 40, 5, 50]);
    expect(rest).toEqual({
      ...{ shape: [2, 2], count: 4, labels: Uint8Array.of(0, 1, 1, 0), classes: ['fine', 'broken'] },
      ...{ names: ['1h', '2h', '3h', '4h'], fields: table.fields },
    });
    const { scaling } = standardise(table);
    expect(windows(standardise(table), { length: 3 }).scaling).toEqual(scaling);
    expect(() => windows(windows(table, { length: 2 }), { length: 2 })).toThrow(
      'Cannot cut windows: found steps of shape [2,2], expected [columns]',
    );
  });

  test('are cut after the series is split in the order of time, so that no step is on two sides', () => {
    const all = fromArray(
      Array.from({ length: 100 }, (_, i) => i),
      { shape: [1] },
    );
    const data = dataSetOf({ all }, { name: 'series', source: 'a test', window: { length: 10, stride: 5 } });
    expect(data.train).toMatchObject({ shape: [10, 1], count: 15 });
    const most = (part: { values: ArrayLike<number> }) => Math.max(...Array.from(part.values));
    expect([data.train, data.validation, data.test!].map(most)).toEqual([79, 89, 99]);
    expect([data.train, data.validation, data.test!].map(({ values }) => values[0])).toEqual([0, 80, 90]);
    expect(() => dataSetOf({ all }, { name: 'series', source: 'a test', window: { length: 20 } })).toThrow(
      'Cannot cut windows of 20 rows: found 10 in validation, expected as many at least',
    );
  });
});
