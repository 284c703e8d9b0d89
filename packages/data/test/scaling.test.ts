import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyScaling, fromArray, minMax, robust, standardise, unscale } from '../src/index.js';

const number = fc.float({ min: -1000, max: 1000, noNaN: true });
const table = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 40 });
const takeTable = (rows: number[][]) => fromArray(rows, { shape: [3] });
const takeRows = (rows: number[][]) => fromArray(rows, { shape: [2] });
const columnOf = (values: Float32Array, column: number) =>
  Array.from(values).filter((_, i) => i % 3 === column);
const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('standardise()', () => {
  test('brings the columns of a table to mean 0 and standard deviation 1', () => {
    // [1, 2, 3, 4]: mean 2.5, variance 1.25; the other column never varies.
    const { values, scaling } = standardise(
      fromArray(
        [
          [1, 7],
          [2, 7],
          [3, 7],
          [4, 7],
        ],
        { shape: [2] },
      ),
    );
    expect(scaling).toEqual({ method: 'standardise', offset: [2.5, 7], scale: [Math.sqrt(1.25), 1] });
    expect(values[0]).toBeCloseTo(-1.5 / Math.sqrt(1.25), 6);
    expect([1, 3, 5, 7].map((i) => values[i])).toEqual([0, 0, 0, 0]);
  });

  test('holds for any table', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const { values, scaling } = standardise(takeTable(rows));
        scaling.scale.forEach((scale, column) => {
          if (scale < 1e-2) return; // float32 has no digits left for it
          const scaled = columnOf(values, column);
          expect(meanOf(scaled)).toBeCloseTo(0, 2);
          const spread = meanOf(scaled.map((value) => value ** 2));
          expect([0, 1]).toContain(Math.round(spread * 100) / 100);
        });
      }),
    );
  });

  test('takes an image by channels, and bytes as value/255', () => {
    const images = fromArray(Uint8Array.of(0, 51, 255, 51, 0, 51, 255, 51), { shape: [2, 2, 2] });
    const { values, scaling } = standardise(images);
    expect(scaling.offset).toEqual([0.5, expect.closeTo(0.2, 12)]);
    expect(scaling.scale).toEqual([0.5, 1]);
    expect(Array.from(values.filter((_, i) => i % 2 === 0))).toEqual([-1, 1, -1, 1]);
  });

  test('keeps labels, classes and names', () => {
    const rest = { labels: Uint8Array.of(1), classes: ['a', 'b'], names: ['x'] };
    expect(standardise({ ...fromArray([3], { shape: [1] }), ...rest })).toMatchObject(rest);
  });
});

describe('minMax()', () => {
  test('brings the columns of any table to 0 at the least and 1 at the most', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const { values, scaling } = minMax(takeTable(rows));
        scaling.offset.forEach((offset, column) => {
          const before = rows.map((row) => row[column]!);
          expect(offset).toBe(Math.min(...before) + 0);
          const after = columnOf(values, column);
          expect(Math.min(...after)).toBe(0);
          expect(Math.max(...after)).toBe(new Set(before.map((value) => value + 0)).size > 1 ? 1 : 0);
        });
      }),
    );
  });
});

describe('robust()', () => {
  test('brings the median to 0 and the middle half to 1, as NumPy’s quartiles have them', () => {
    // numpy.percentile([1, 2, 3, 4, 1000], [25, 50, 75]) is 2, 3, 4; of [0, 1, 2, 3] 0.75, 1.5, 2.25.
    expect(robust(fromArray([4, 2, 1000, 1, 3], { shape: [1] })).scaling).toEqual({
      ...{ method: 'robust', offset: [3], scale: [2] },
    });
    expect(robust(fromArray([3, 0, 2, 1], { shape: [1] })).scaling).toEqual({
      ...{ method: 'robust', offset: [1.5], scale: [1.5] },
    });
  });

  test('takes the standard deviation where the middle half is the same, and 1 where all is', () => {
    const rows = [0, 0, 0, 0, 10].map((value) => [value, 7]);
    expect(robust(takeRows(rows)).scaling).toEqual({ method: 'robust', offset: [0, 7], scale: [4, 1] });
  });
});

describe('a table', () => {
  const table = {
    ...fromArray([1, 1, 0, NaN, NaN, NaN, 3, 0, 1, 8, NaN, NaN], { shape: [3], missing: 'keep' }),
    fields: [
      { name: 'size', kind: 'number' as const },
      { name: 'kind', kind: 'category' as const, categories: ['cat', 'dog'] },
    ],
  };

  test.each([
    ['standardise', standardise, 4, Math.sqrt((9 + 1 + 16) / 3)],
    ['min-max', minMax, 1, 7],
    ['robust', robust, 3, 3.5], // numpy.percentile([1, 3, 8], [25, 75]) is 2, 5.5
  ] as const)('%s leaves categories 0 and 1, and missing values missing', (method, scale, offset, spread) => {
    const { values, scaling } = scale(table);
    expect(scaling).toEqual({
      ...{ method, offset: [offset, 0, 0], scale: [expect.closeTo(spread, 12), 1, 1] },
    });
    const at = (value: number) => expect.closeTo((value - offset) / spread, 6) as unknown as number;
    expect(Array.from(values)).toEqual([at(1), 1, 0, NaN, NaN, NaN, at(3), 0, 1, at(8), NaN, NaN]);
  });

  test('has nothing to fit where a column is missing as a whole', () => {
    const empty = fromArray([NaN, 1, NaN, 2], { shape: [2], missing: 'keep' });
    for (const scale of [standardise, minMax, robust])
      expect(scale(empty).scaling).toMatchObject({
        offset: [0, expect.any(Number)],
        scale: [1, expect.any(Number)],
      });
  });

  test('refuses fields that are not as many values as the last side', () => {
    expect(() => standardise({ ...table, fields: table.fields.slice(0, 1) })).toThrow(
      'Cannot scale: found fields of 1 values, expected 3, the last side of the shape',
    );
  });
});

describe('applyScaling()', () => {
  test('does to others what was fitted, which may bring them outside', () => {
    const { scaling } = minMax(fromArray([10, 20], { shape: [1] }));
    const others = applyScaling(fromArray([5, 15, 30], { shape: [1] }), scaling);
    expect(Array.from(others.values)).toEqual([-0.5, 0.5, 2]);
    expect(others.scaling).toBe(scaling);
  });

  test('refuses what is scaled already, and another number of columns', () => {
    const scaled = minMax(fromArray([10, 20], { shape: [1] }));
    expect(() => standardise(scaled)).toThrow('Cannot scale: found examples that are scaled by min-max');
    expect(() => applyScaling(fromArray([1, 2], { shape: [2] }), scaled.scaling)).toThrow(
      'Cannot scale: found a scaling of 1 columns or channels, expected 2',
    );
  });
});

describe('unscale()', () => {
  test('gives back what was scaled', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(standardise, minMax, robust), (rows, scale) => {
        const { values, scaling } = scale(takeTable(rows));
        unscale(values, scaling).forEach((value, i) => expect(value).toBeCloseTo(rows.flat()[i]!, 2));
      }),
    );
  });

  test('refuses values that fill no rows', () => {
    const { scaling } = minMax(takeTable([[1, 2, 3]]));
    expect(() => unscale(new Float32Array(4), scaling)).toThrow('found 4 values, expected a multiple of 3');
  });
});
