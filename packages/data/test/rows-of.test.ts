import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromArray, minMax, rowsOf, standardise, windows, writeCsv } from '../src/index.js';

const fields = [
  { name: 'size', kind: 'number' as const },
  { name: 'kind', kind: 'category' as const, categories: ['cat', 'dog'] },
];

describe('rowsOf()', () => {
  test('gives rows back in the units that they had, with names first and classes last', () => {
    const table = {
      ...fromArray([0.1, 1, 0, 1e-7, 0, 1, 3, NaN, NaN], { shape: [3], missing: 'keep' }),
      ...{ fields, names: ['a', 'b', 'c'], labels: Uint8Array.of(1, 0, 1), classes: ['fine', 'odd'] },
    };
    const expected = {
      columns: ['name', 'size', 'kind', 'label'],
      rows: [
        ['a', 0.1, 'cat', 'odd'],
        ['b', 1e-7, 'dog', 'fine'],
        ['c', 3, null, 'odd'],
      ],
    };
    expect(rowsOf(table)).toEqual(expected);
    const { rows } = rowsOf(standardise(table));
    expect(rows.map(([, size]) => size)).toEqual([0.1, 1e-7, 3].map((size) => expect.closeTo(size, 6)));
    expect(writeCsv(rowsOf(table))).toBe('name,size,kind,label\na,0.1,cat,odd\nb,1e-7,dog,fine\nc,3,,odd\n');
  });

  test('takes the likeliest category of a reconstruction', () => {
    const copy = { ...fromArray([2, 0.4, 0.6], { shape: [3] }), fields };
    expect(rowsOf(copy).rows).toEqual([[2, 'dog']]);
  });

  test('writes the shortest numbers that round to the same float32', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const [[shown]] = rowsOf(fromArray([value], { shape: [1] })).rows as [[number]];
        expect(Math.fround(shown)).toBe(value + 0); // -0 is 0 where people read it
        expect(String(shown).length).toBeLessThanOrEqual(String(value).length);
      }),
    );
    expect(rowsOf(minMax(fromArray([0.1, 0.2], { shape: [1] }))).rows).toEqual([[0.1], [0.2]]);
  });

  test('refuses what is no table', () => {
    expect(() => rowsOf(windows([1, 2, 3], { length: 2 }))).toThrow(
      'found shape [2,1], expected one side, [columns]',
    );
  });
});

describe('writeCsv()', () => {
  test('quotes what would be taken for something else', () => {
    const rows = [
      ['a,b', 'c"d', ' e'],
      ['f\ng', '', null],
    ];
    expect(writeCsv({ columns: ['x', 'y', 'z'], rows })).toBe('x,y,z\n"a,b","c""d"," e"\n"f\ng","",\n');
    expect(writeCsv({ columns: ['x'], rows: [['a,b'], ['c;d']] }, { delimiter: ';' })).toBe(
      'x\na,b\n"c;d"\n',
    );
  });
});
