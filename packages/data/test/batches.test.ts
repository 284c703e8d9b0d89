import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { batches, type Examples } from '../src/index.js';

/** Examples of two bytes that carry their number, so that a batch tells where its rows came from. */
function numbered(count: number) {
  const values = new Uint8Array(count * 2);
  for (let i = 0; i < count; i++) values.set([i & 255, i >> 8], i * 2);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  return { values, labels, count, shape: [1, 2, 1] } satisfies Examples;
}

/** The numbers of the examples in an epoch, batch by batch, after checking that labels go with values. */
function numbers(source: ReturnType<typeof batches>, epoch: number, fromBatch?: number): number[][] {
  return Array.from(source.epoch(epoch, fromBatch), ({ values, labels, size }) => {
    const row = Array.from({ length: size }, (_, i) => values[i * 2]! + 256 * values[i * 2 + 1]!);
    expect(Array.from(labels!)).toEqual(row.map((number) => number % 10));
    return row;
  });
}

describe('batches()', () => {
  const set = numbered(7);

  test('goes through a set in order, the last batch holding the rest', () => {
    const source = batches(numbered(5), { batchSize: 2 });
    expect(source.length).toBe(3);
    expect(source.count).toBe(5);
    expect(numbers(source, 1)).toEqual([[0, 1], [2, 3], [4]]);
    expect([...source.epoch(1)][0]).toMatchObject({ size: 2, shape: [1, 2, 1] });
  });

  test('shows every example once an epoch when it shuffles', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 90 }),
        fc.maxSafeNat(),
        fc.nat(),
        (count, batchSize, seed, epoch) => {
          const seen = numbers(batches(numbered(count), { batchSize, seed }), epoch).flat();
          expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('shuffles as a function of the seed and the epoch alone', () => {
    const order = (seed: number, epoch: number) =>
      numbers(batches(numbered(200), { batchSize: 7, seed }), epoch).flat();
    const source = batches(numbered(200), { batchSize: 7, seed: 1 });
    numbers(source, 5);
    expect(numbers(source, 3).flat()).toEqual(order(1, 3));
    expect(order(1, 3)).not.toEqual(order(1, 4));
    expect(order(1, 3)).not.toEqual(order(2, 3));
    expect(order(0, 1)).not.toEqual(order(2 ** 32, 1));
  });

  test('keeps its order from version to version, because resumed runs depend on it', () => {
    // Computed by this package; a change here breaks the resuming of saved runs.
    expect(numbers(batches(numbered(10), { batchSize: 10, seed: 1 }), 1)).toEqual([
      [6, 0, 5, 7, 4, 3, 1, 8, 2, 9],
    ]);
  });

  test('goes on in the middle of an epoch', () => {
    const source = batches(numbered(50), { batchSize: 8, seed: 3 });
    expect(numbers(source, 2, 4)).toEqual(numbers(source, 2).slice(4));
    expect(numbers(source, 2, source.length)).toEqual([]);
  });

  test('can go through the same epoch twice', () => {
    const epoch = batches(numbered(9), { batchSize: 4, seed: 3 }).epoch(1);
    expect([...epoch]).toEqual([...epoch]);
  });

  test('shuffles without favourites', () => {
    // The first place over 4,000 epochs of 4 images: each expected 1,000 times with a standard deviation of 27.
    const firsts = [0, 0, 0, 0];
    const source = batches(numbered(4), { batchSize: 1, seed: 11 });
    for (let n = 0; n < 4000; n++) firsts[numbers(source, n)[0]![0]!]!++;
    for (const first of firsts) expect(Math.abs(first - 1000)).toBeLessThan(110);
  });

  test('hands out 60,000 images of 28 by 28 much faster than they can be trained on', () => {
    const count = 60_000;
    const set = {
      values: new Uint8Array(count * 784),
      labels: new Uint8Array(count),
      count,
      shape: [28, 28, 1],
    };
    const source = batches(set, { batchSize: 128, seed: 1 });
    for (const _ of source.epoch(0));
    const start = performance.now();
    for (const _ of source.epoch(1));
    expect(performance.now() - start).toBeLessThan(500); // 30 ms on a quiet machine
  });

  test('hands out floats as floats, shuffled or not', () => {
    const floats = { ...set, values: Float32Array.from(set.values, (byte) => byte / 255) };
    for (const seed of [undefined, 1]) {
      const bytes = [...batches(set, { batchSize: 3, seed }).epoch(1)];
      [...batches(floats, { batchSize: 3, seed }).epoch(1)].forEach(({ values }, i) => {
        expect(values).toBeInstanceOf(Float32Array);
        expect(values).toEqual(Float32Array.from(bytes[i]!.values, (byte) => byte / 255));
      });
    }
  });

  test.each<[string, readonly number[]]>([
    ['images of three channels', [2, 2, 3]],
    ['rows of a table', [20]],
    ['windows of a series', [5, 2]],
  ])('keeps the shape of %s, and labels only where there are some', (_what, shape) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const values = Float32Array.from({ length: 5 * size }, (_, i) => i);
    for (const seed of [undefined, 4])
      for (const batch of batches({ values, shape, count: 5 }, { batchSize: 2, seed }).epoch(1)) {
        expect(Object.keys(batch).sort()).toEqual(['shape', 'size', 'values']);
        expect(batch.shape).toBe(shape);
        for (let i = 0; i < batch.size; i++) {
          const [first] = batch.values.subarray(i * size);
          expect(first! % size).toBe(0);
          expect(Array.from(batch.values.subarray(i * size, (i + 1) * size))).toEqual(
            Array.from({ length: size }, (_, at) => first! + at),
          );
        }
      }
  });

  test('keeps labels of 16 bits', () => {
    const wide = { ...set, labels: Uint16Array.from(set.labels, (label) => label + 1000) };
    for (const seed of [undefined, 1]) {
      const [batch] = batches(wide, { batchSize: 7, seed }).epoch(1);
      expect(batch!.labels).toBeInstanceOf(Uint16Array);
      expect(Array.from(batch!.labels!).sort()).toEqual([1000, 1001, 1002, 1003, 1004, 1005, 1006]);
    }
  });

  test.each<[string, object, string]>([
    ['doubles', { values: new Float64Array(set.values.length) }, 'found values as Float64Array'],
    ['16-bit values', { values: new Uint16Array(set.values.length) }, 'found values as Uint16Array'],
    ['plain numbers', { values: [...set.values] }, 'found values as Array'],
    ['labels that are plain numbers', { labels: [...set.labels] }, 'labels as Array'],
    [
      'RGB given as grey',
      { values: new Uint8Array(3 * set.values.length) },
      '3 values a pixel are RGB, shape [1, 2, 3]',
    ],
    ['a shape that is none', { shape: [0, 2] }, 'found shape [0,2]'],
    ['too few values', { values: set.values.subarray(1) }, `found ${set.values.length - 1} values`],
    ['too few labels', { labels: set.labels.subarray(1) }, `${set.labels.length - 1} labels, expected`],
  ])('refuses %s, naming what was found', (_what, damage, message) => {
    expect(() => batches({ ...set, ...damage } as Examples, { batchSize: 3 })).toThrow(TypeError);
    expect(() => batches({ ...set, ...damage } as Examples, { batchSize: 3 })).toThrow(message);
  });

  test('refuses what makes no batches', () => {
    const set = numbered(10);
    expect(() => batches(set, { batchSize: 0 })).toThrow(
      'Cannot make batches: found batchSize 0, expected an integer of at least 1',
    );
    expect(() => batches(set, { batchSize: 2.5 })).toThrow(RangeError);
    expect(() => batches(set, { batchSize: 2, seed: -1 })).toThrow(RangeError);
    const source = batches(set, { batchSize: 3 });
    expect(() => source.epoch(-1)).toThrow(RangeError);
    expect(() => source.epoch(1, 5)).toThrow('Cannot begin epoch 1: found fromBatch 5, expected 0 to 4');
  });
});
