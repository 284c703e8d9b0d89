import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DataError, fileOfBytes, parseNpy, readData, writeNpy, type NpyValues } from '../src/index.js';
import { describeWithPython } from './python.js';

const kinds = [
  ...[Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array],
  ...[Float32Array, Float64Array],
] as const;

/** Any array of up to four dimensions and of any type. */
const anyNpy = fc
  .record({ kind: fc.constantFrom(...kinds), shape: fc.array(fc.nat({ max: 5 }), { maxLength: 4 }) })
  .chain(({ kind, shape }) => {
    const count = shape.reduce((product, side) => product * side, 1);
    return fc
      .uint8Array({ minLength: count * 8, maxLength: count * 8 })
      .map((bytes) => ({ shape, data: new kind(bytes.slice().buffer, 0, count) as NpyValues }));
  });

describe('parseNpy()', () => {
  test('gives back what writeNpy() wrote, for every type and shape, wherever it lies', () => {
    fc.assert(
      fc.property(anyNpy, fc.nat({ max: 9 }), ({ shape, data }, before) => {
        const written = writeNpy({ shape, data });
        const within = new Uint8Array(before + written.length);
        within.set(written, before);
        const parsed = parseNpy(within.subarray(before));
        expect(parsed.shape).toEqual(shape);
        expect(parsed.data.constructor).toBe(data.constructor);
        expect(Array.from(parsed.data)).toEqual(Array.from(data));
      }),
    );
  });

  test('refuses a file that is cut anywhere, or that goes on', () => {
    fc.assert(
      fc.property(anyNpy, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (npy, part) => {
        const bytes = writeNpy(npy);
        expect(() => parseNpy(bytes.subarray(0, Math.floor(part * bytes.length)))).toThrow(DataError);
        expect(() => parseNpy(Uint8Array.of(...bytes, 0), { file: 'x.npy' })).toThrow(
          /^Cannot read x.npy: it has trailing bytes, found \d+ bytes, expected \d+ for shape/,
        );
      }),
    );
  });

  test('refuses what is no such file', () => {
    expect(() => parseNpy(Uint8Array.of(80, 75, 3, 4, 0, 0), { file: 'x.npy' })).toThrow(
      'Cannot read x.npy: found the first bytes "PK\\u0003\\u0004\\u0000\\u0000", expected a NumPy array',
    );
  });
});

describe('npy', () => {
  const read = (name: string, shape: number[], data: NpyValues, options = {}) =>
    readData(name, [fileOfBytes(name, writeNpy({ shape, data }))], options);

  test('takes bytes of three sides as grey images, and a table as numbers', async () => {
    expect(await read('x.npy', [2, 1, 2], Uint8Array.of(1, 2, 3, 4))).toEqual({
      format: 'npy',
      all: { values: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 1], count: 2 },
    });
    expect(await read('x.npy', [2, 2], Uint8Array.of(1, 2, 3, 4))).toMatchObject({
      all: { values: Float32Array.of(1, 2, 3, 4), shape: [2] },
    });
    expect(await read('x.npy', [3], Float64Array.of(1, 2, 3))).toMatchObject({
      all: { shape: [1], count: 3 },
    });
  });

  test('takes masks of 0 and 1 as black and white', async () => {
    const { all } = (await read('x.npy', [2, 1, 1], Uint8Array.of(0, 1))) as { all: { values: Uint8Array } };
    expect(all.values).toEqual(Uint8Array.of(0, 255));
  });

  test('refuses NaN, leaves such examples out, or keeps it as missing', async () => {
    const data = Float32Array.of(1, NaN, 3, 4);
    await expect(read('x.npy', [2, 2], data)).rejects.toThrow(
      'Cannot read x.npy, array "x": found NaN at place 1 of example 0, expected finite numbers',
    );
    expect(await read('x.npy', [2, 2], data, { missing: 'drop' })).toMatchObject({
      all: { values: Float32Array.of(3, 4), count: 1 },
    });
    expect(await read('x.npy', [2, 2], data, { missing: 'keep' })).toMatchObject({ all: { values: data } });
  });

  test('pairs files by their names', async () => {
    const files = { x_train: [1, 2, 3], y_train: [0, 1, 0], x_test: [4], y_test: [1] };
    const parts = await readData(
      'folder',
      Object.entries(files).map(([name, numbers]) =>
        fileOfBytes(`${name}.npy`, writeNpy({ shape: [numbers.length], data: Uint8Array.from(numbers) })),
      ),
    );
    expect(parts).toMatchObject({
      train: { values: Float32Array.of(1, 2, 3), labels: Uint8Array.of(0, 1, 0) },
      test: { values: Float32Array.of(4), labels: Uint8Array.of(1) },
    });
  });
});

describeWithPython('npy, as NumPy writes it', ['numpy'], (run) => {
  test('reads every type, order of bytes and order of sides', () => {
    const types = [
      'b1',
      'i1',
      'i2',
      'i4',
      'i8',
      'u1',
      'u2',
      'u4',
      'u8',
      'f2',
      'f4',
      'f8',
      '>i2',
      '>u4',
      '>i8',
      '>f4',
      '>f8',
    ];
    const files = run(`
import numpy as np
from numpy.lib import format
for type in ${JSON.stringify(types)}:
  array = np.arange(24).reshape(2, 3, 4).astype(type)
  np.save(f'c{type}.npy', array)
  np.save(f'f{type}.npy', np.asfortranarray(array))
for version in (1, 2, 3):
  with open(f'v{version}.npy', 'wb') as file: format.write_array(file, np.eye(2), version=(version, 0))
np.save('half.npy', np.array([0.1, -2, 65504, 6e-8, np.inf, np.nan], 'f2'))
np.save('bool.npy', np.array([True, False]))
np.save('point.npy', np.array(7))
`);
    const numbers = Array.from({ length: 24 }, (_, i) => i);
    for (const type of types)
      for (const order of ['c', 'f']) {
        const { shape, data } = parseNpy(files(`${order}${type}.npy`));
        expect(shape).toEqual([2, 3, 4]);
        expect(Array.from(data)).toEqual(type === 'b1' ? numbers.map((i) => Math.min(i, 1)) : numbers);
      }
    for (const version of [1, 2, 3])
      expect(parseNpy(files(`v${version}.npy`))).toEqual({
        shape: [2, 2],
        data: Float64Array.of(1, 0, 0, 1),
      });
    // What float16 makes of 0.1 and 6e-8 is, by IEEE 754, 1638·2⁻¹⁴ and 2⁻²⁴.
    expect(Array.from(parseNpy(files('half.npy')).data)).toEqual([
      1638 / 2 ** 14,
      -2,
      65_504,
      2 ** -24,
      Infinity,
      NaN,
    ]);
    expect(parseNpy(files('bool.npy')).data).toEqual(Int8Array.of(1, 0));
    expect(parseNpy(files('point.npy'))).toEqual({ shape: [], data: Float64Array.of(7) });
  });

  test('refuses objects, texts and what doubles do not hold, with what to do', () => {
    const files = run(`
import numpy as np
np.save('object.npy', np.array([{}, 1], object), allow_pickle=True)
np.save('text.npy', np.array(['a', 'bc']))
np.save('record.npy', np.array([(1, 2.0)], [('a', 'i4'), ('b', 'f8')]))
np.save('large.npy', np.array([2**53 + 1], 'i8'))
`);
    const parse = (file: string) => () => parseNpy(files(file), { file });
    expect(parse('object.npy')).toThrow(
      'Cannot read object.npy: found an array of Python objects (O), expected numbers; save them as such',
    );
    expect(parse('text.npy')).toThrow('found an array of texts (U2), expected numbers');
    expect(parse('record.npy')).toThrow('found an array of records (V), expected numbers');
    expect(parse('large.npy')).toThrow(
      'Cannot read large.npy: found 9007199254740993 as value 0, expected whole numbers within ±2^53',
    );
  });
});
