import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromArray, type ArrayOptions, type NumberArray } from '../src/index.js';

const anyShape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
const kinds = [
  ...[Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int16Array],
  ...[Uint32Array, Int32Array, Float32Array, Float64Array, Array],
] as const;

describe('fromArray()', () => {
  test('keeps every number that float32 holds, of every kind of array and every shape', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        anyShape,
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 127 })),
        (kind, shape, count, numbers) => {
          const size = shape.reduce((product, side) => product * side, 1);
          const asked = [...numbers.take(count * size)];
          const { values, ...rest } = fromArray((kind as ArrayConstructor).from(asked), { shape });
          expect(rest).toEqual({ shape, count });
          expect(Array.from(values)).toEqual(asked);
        },
      ),
    );
  });

  test('takes one array an example as it takes all in one', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 }),
          {
            minLength: 1,
            maxLength: 9,
          },
        ),
        (rows) => {
          expect(fromArray(rows, { shape: [3] })).toEqual(fromArray(rows.flat(), { shape: [3] }));
        },
      ),
    );
    const images = [Uint8Array.of(1, 2), Uint8ClampedArray.of(3, 255)];
    expect(fromArray(images, { shape: [2] }).values).toEqual(Uint8Array.of(1, 2, 3, 255));
  });

  test('accepts any numbers and shape or refuses them with a TypeError or RangeError that says what was found', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double()),
        fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 3 }),
        fc.option(fc.array(fc.integer({ min: -1, max: 300 })), { nil: undefined }),
        (numbers, shape, labels) => {
          try {
            const { values, count } = fromArray(numbers, { shape, labels });
            expect(values.every(Number.isFinite)).toBe(true);
            expect(count * shape.reduce((product, side) => product * side, 1)).toBe(numbers.length);
            expect(labels?.length ?? count).toBe(count);
          } catch (error) {
            expect(['TypeError', 'RangeError']).toContain((error as Error).name);
            expect((error as Error).message).toMatch(/^Cannot take an array: found .*, expected /);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('leaves bytes bytes, which stand for value/255, and makes float32 of all others as they are', () => {
    const valuesOf = (values: NumberArray) => fromArray(values, { shape: [2] }).values;
    const bytes = Uint8Array.of(0, 255);
    expect(valuesOf(bytes)).toBe(bytes);
    const clamped = Uint8ClampedArray.of(0, 255);
    expect(valuesOf(clamped)).toEqual(bytes);
    expect(valuesOf(clamped).buffer).toBe(clamped.buffer);
    const floats = Float32Array.of(-1, 1e30);
    expect(valuesOf(floats)).toBe(floats);
    expect(valuesOf(Uint16Array.of(0, 65_535))).toEqual(Float32Array.of(0, 65_535));
    expect(valuesOf(Float64Array.of(0.1, -0.2))).toEqual(Float32Array.of(0.1, -0.2));
    expect(valuesOf([0, 255])).toEqual(Float32Array.of(0, 255));
  });

  test('keeps labels, classes and names beside the values', () => {
    expect(
      fromArray([1, 2, 3], {
        shape: [1],
        labels: [1, 0, 1],
        classes: ['cat', 'dog'],
        names: ['a', 'b', 'c'],
      }),
    ).toEqual({
      values: Float32Array.of(1, 2, 3),
      shape: [1],
      count: 3,
      labels: Uint8Array.of(1, 0, 1),
      classes: ['cat', 'dog'],
      names: ['a', 'b', 'c'],
    });
    expect(fromArray([1, 2], { shape: [1], labels: [0, 256] }).labels).toEqual(Uint16Array.of(0, 256));
    expect(fromArray([1, 2], { shape: [1], labels: Float64Array.of(0, 7) }).labels).toEqual(
      Uint8Array.of(0, 7),
    );
  });

  const wrong: [string, unknown, Partial<ArrayOptions>, ErrorConstructor, string][] = [
    ['a gap', [1, NaN, 3, 4], {}, RangeError, 'found NaN at place 1 of example 0'],
    [
      'a number too large for float32',
      [1, 2, 3, 1e39],
      {},
      RangeError,
      'found Infinity at place 1 of example 1',
    ],
    ['a text', [1, '2'], {}, TypeError, 'found 2 as value 1, expected a number'],
    ['a hole', [1, undefined], {}, TypeError, 'found undefined as value 1'],
    ['no numbers', [], {}, TypeError, 'found 0 values, expected a multiple of 2'],
    ['half an example', [1, 2, 3], {}, TypeError, 'found 3 values, expected a multiple of 2'],
    [
      'rows of two lengths',
      [[1, 2], [3]],
      {},
      TypeError,
      'found 1 values in example 1, expected 2 for shape [2]',
    ],
    ['bytes among floats', [[1, 2], Uint8Array.of(1, 2)], {}, TypeError, 'found 1 examples of bytes among 2'],
    ['big integers', BigInt64Array.of(1n, 2n), {}, TypeError, 'found BigInt64Array'],
    ['a text in place of numbers', 'ab', {}, TypeError, 'found String'],
    ['a shape without sides', [1, 2], { shape: [] }, TypeError, 'found shape []'],
    ['a shape of 1.5', [1, 2], { shape: [1.5] }, TypeError, 'found shape [1.5]'],
    [
      'a label that is no class',
      [1, 2],
      { labels: [2], classes: ['a', 'b'] },
      RangeError,
      'found label 2 at 0, expected a whole number from 0 to 1, a place among the 2 classes',
    ],
    ['a label below 0', [1, 2], { labels: [-1] }, RangeError, 'found label -1 at 0'],
    ['a label of 65536', [1, 2], { labels: [65_536] }, RangeError, 'found label 65536 at 0'],
    ['labels that are a text', [1, 2], { labels: 'a' as never }, TypeError, 'found labels as String'],
    ['too many labels', [1, 2], { labels: [0, 1] }, TypeError, 'found 2 labels, expected 1'],
    ['too few names', [1, 2, 3, 4], { names: ['a'] }, TypeError, 'found 1 names, expected 2'],
  ];
  test.each(wrong)('refuses %s, naming what was found', (_what, values, options, kind, message) => {
    const take = () => fromArray(values as NumberArray, { shape: [2], ...options });
    expect(take).toThrow(kind);
    expect(take).toThrow(message);
  });
});
