import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomStream, type Autoencoder } from '@ae/models';
import { runInNewContext } from 'node:vm';

import type { BatchSource, ExampleBatch } from '../src/batch.js';
import { batchChecker } from '../src/batch-checker.js';
import { evaluate, fit } from '../src/index.js';
import { toy, toyOptions, useCpu } from './toy.js';

beforeAll(useCpu);

const grey = (values: unknown, more: object = {}) =>
  ({ values, size: 2, shape: [4, 4, 1], ...more }) as ExampleBatch;
const filled = (value: number, at = 0) =>
  Object.assign(new Float32Array(32).fill(0.5), { [at]: value }) as Float32Array;
const source = (batch: ExampleBatch): BatchSource => ({ length: 1, count: 2, epoch: () => [batch] });

const wrong: [what: string, batch: ExampleBatch, message: string][] = [
  [
    'z-scored images',
    grey(filled(-1.25, 21)),
    "found -1.25 in example 1 of the batch at row 1, column 1, and values from -1.25 to 0.5, expected 0 to 1; scale them, or train a model whose `range` is 'any'",
  ],
  [
    'bytes as floats',
    grey(filled(255)),
    'found 255 in example 0 of the batch at row 0, column 0, and values from 0.5 to 255, expected 0 to 1; divide bytes by 255, or give them as a Uint8Array',
  ],
  [
    'a NaN',
    grey(filled(NaN, 18)),
    'found NaN in example 1 of the batch at row 0, column 2, expected finite numbers',
  ],
  ['an Infinity', grey(filled(Infinity, 3)), 'found Infinity in example 0 of the batch at row 0, column 3'],
  ['plain numbers above 1', grey(Array(32).fill(7)), 'found 7 in example 0'],
  ['doubles below 0', grey(new Float64Array(32).fill(-3)), 'found -3 in example 0'],
  [
    '16-bit images',
    grey(new Uint16Array(32)),
    'found values as Uint16Array, expected a Uint8Array of bytes or a Float32Array',
  ],
  ['signed bytes', grey(new Int8Array(32)), 'found values as Int8Array'],
  ['32-bit integers', grey(new Int32Array(32)), 'found values as Int32Array'],
  ['big integers', grey(new BigInt64Array(32)), 'found values as BigInt64Array'],
  ['a raw buffer', grey(new ArrayBuffer(32)), 'found values as ArrayBuffer'],
  ['no images', grey(undefined), 'found values as Undefined'],
  [
    'RGB given as grey',
    grey(new Uint8Array(96)),
    'found 96 values, expected 32 for 2 examples of 4 × 4 × 1; 3 values a pixel are RGB: give the shape its 3 channels, or take the mean of red, green and blue',
  ],
  [
    'RGBA given as grey',
    grey(new Uint8ClampedArray(128)),
    'found 128 values, expected 32 for 2 examples of 4 × 4 × 1; 4 values a pixel are RGBA',
  ],
  ['too few values', grey(new Uint8Array(31)), 'found 31 values, expected 32 for 2 examples of 4 × 4 × 1'],
  [
    'images of another shape than the model’s',
    grey(new Uint8Array(96), { shape: [4, 4, 3] }),
    'found examples of 4 × 4 × 3, expected 4 × 4 × 1, for which the model was built; build it with shape [4,4,3]',
  ],
  [
    'turned sides',
    grey(new Uint8Array(32), { shape: [2, 8, 1] }),
    'found examples of 2 × 8 × 1, expected 4 × 4 × 1',
  ],
  ['a size that is none', grey(new Uint8Array(0), { size: 0 }), 'found a batch whose size is 0'],
  [
    'a side that is none',
    grey(new Uint8Array(32), { shape: [4, null, 1] }),
    'found a batch whose shape is [4,null,1], expected whole numbers',
  ],
  [
    'too few labels',
    grey(new Uint8Array(32), { labels: Uint8Array.of(1) }),
    'found 1 labels, expected 2, one an example',
  ],
  [
    'a label that is no whole number',
    grey(new Uint8Array(32), { labels: [1, 2.5] }),
    'found 2.5 as label 1 of the batch, expected a whole number from 0 to 65535',
  ],
  ['a label below 0', grey(new Uint8Array(32), { labels: Int32Array.of(-1, 0) }), 'found -1 as label 0'],
  [
    'a label above 65535',
    grey(new Uint8Array(32), { labels: Int32Array.of(0, 65_536) }),
    'found 65536 as label 1',
  ],
  ['labels that are texts', grey(new Uint8Array(32), { labels: ['a', 'b'] }), 'found a as label 0'],
  ['labels that are no list', grey(new Uint8Array(32), { labels: 'ab' }), 'found labels as String'],
];

describe('fit() and evaluate()', () => {
  test.each(wrong)('refuse %s, naming what was found', async (_what, batch, message) => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    await expect(fit(model, { ...toyOptions(random), train: source(batch) })).rejects.toThrow(
      `Cannot train: ${message}`,
    );
    await expect(evaluate(model, source(batch), { random })).rejects.toThrow(`Cannot evaluate: ${message}`);
  });

  test.each<[string, (bytes: number[]) => unknown]>([
    ['a canvas’s clamped bytes', (bytes) => Uint8ClampedArray.from(bytes)],
    ['the bytes of a Buffer', (bytes) => Buffer.from(bytes)],
    ['fractions as float32', (bytes) => Float32Array.from(bytes, (byte) => byte / 255)],
    ['fractions as doubles', (bytes) => Float64Array.from(bytes, (byte) => byte / 255)],
    ['fractions as plain numbers', (bytes) => bytes.map((byte) => byte / 255)],
    ['an array of another realm', (bytes) => runInNewContext('Uint8Array.from(bytes)', { bytes })],
  ])('take %s, with the same result as bytes', async (_what, of) => {
    const bytes = Array.from({ length: 32 }, (_, i) => (i * 37) % 256);
    const lossesOf = async (values: unknown) => {
      const random = randomStream(1);
      const { history } = await fit(toy.build({}, random), {
        ...toyOptions(random),
        train: source(grey(values, { labels: [3, 4] })),
      });
      return history.map((row) => row['train.loss']);
    };
    expect(await lossesOf(of(bytes))).toEqual(await lossesOf(Uint8Array.from(bytes)));
  });
});

describe('batchChecker()', () => {
  const { encoder } = toy.build({}, randomStream(1));
  const door = (more: Partial<Autoencoder> = {}, whole?: number) =>
    batchChecker('Cannot train', { encoder, ...more } as Autoencoder, whole);

  test('lets a model that says so have any finite values', () => {
    expect(door({ range: 'any' })(grey(filled(-1.25))).values).toEqual(filled(-1.25));
    expect(() => door({ range: 'any' })(grey(filled(NaN)))).toThrow('found NaN in example 0');
    expect(() => door({ range: 'any' })(grey(filled(-Infinity)))).toThrow('found -Infinity in example 0');
  });

  test('lets a model that says so have NaN for what is missing, and no infinity', () => {
    const gap = filled(NaN, 5);
    expect(door({ missing: true })(grey(gap)).values).toEqual(gap);
    expect(() => door({ missing: true, range: 'any' })(grey(filled(Infinity)))).toThrow('found Infinity');
    expect(() => door({ missing: true })(grey(filled(1.5)))).toThrow('found 1.5');
    expect(() => door()(grey(gap))).toThrow(
      'found NaN in example 0 of the batch at row 1, column 1, expected finite numbers; build the model with missing: true',
    );
  });

  test('says the place in rows and in series as people count there', () => {
    const refused = (shape: number[]) => () =>
      batchChecker('Cannot train', { encoder: { inputs: [] } } as unknown as Autoencoder)(
        grey(filled(NaN, 21), { shape }),
      );
    expect(refused([16])).toThrow('found NaN in example 1 of the batch at column 5,');
    expect(refused([8, 2])).toThrow('found NaN in example 1 of the batch at step 2, channel 1,');
    expect(refused([2, 2, 4])).toThrow('found NaN in example 1 of the batch at row 0, column 1, channel 1,');
  });

  test('forgives what rounding adds to 0 and 1', () => {
    expect(() => door()(grey(filled(1 + 2 ** -22)))).not.toThrow();
    expect(() => door()(grey(filled(-1e-7)))).not.toThrow();
    expect(() => door()(grey(filled(1.0001)))).toThrow('found 1.0001');
  });

  test('looks at every value in the first epoch, and now and then afterwards', () => {
    const check = door({}, 2);
    check(grey(filled(0)));
    expect(() => check(grey(filled(2)))).toThrow('found 2');
    const later = Array.from({ length: 16 }, () => {
      try {
        check(grey(filled(2)));
        return 'passed';
      } catch {
        return 'refused';
      }
    });
    expect(later.filter((what) => what === 'refused')).toHaveLength(1);
  });
});
