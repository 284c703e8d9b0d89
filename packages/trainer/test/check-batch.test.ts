import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomStream, type Autoencoder } from '@ae/models';
import { runInNewContext } from 'node:vm';

import type { BatchSource, ImageBatch } from '../src/batch.js';
import { batchDoor } from '../src/check-batch.js';
import { evaluate, fit } from '../src/index.js';
import { toy, toyOptions, useCpu } from './toy.js';

beforeAll(useCpu);

const grey = (images: unknown, more: object = {}) =>
  ({ images, size: 2, height: 4, width: 4, channels: 1, ...more }) as ImageBatch;
const filled = (value: number, at = 0) =>
  Object.assign(new Float32Array(32).fill(0.5), { [at]: value }) as Float32Array;
const source = (batch: ImageBatch): BatchSource => ({ length: 1, count: 2, epoch: () => [batch] });

const wrong: [what: string, batch: ImageBatch, message: string][] = [
  [
    'z-scored images',
    grey(filled(-1.25, 21)),
    "found -1.25 in image 1 of the batch at row 1, column 1, and values from -1.25 to 0.5, expected 0 to 1; scale them, or train a model whose `range` is 'any'",
  ],
  [
    'bytes as floats',
    grey(filled(255)),
    'found 255 in image 0 of the batch at row 0, column 0, and values from 0.5 to 255, expected 0 to 1; divide bytes by 255, or give them as a Uint8Array',
  ],
  [
    'a NaN',
    grey(filled(NaN, 18)),
    'found NaN in image 1 of the batch at row 0, column 2, expected finite numbers',
  ],
  ['an Infinity', grey(filled(Infinity, 3)), 'found Infinity in image 0 of the batch at row 0, column 3'],
  ['plain numbers above 1', grey(Array(32).fill(7)), 'found 7 in image 0'],
  ['doubles below 0', grey(new Float64Array(32).fill(-3)), 'found -3 in image 0'],
  [
    '16-bit images',
    grey(new Uint16Array(32)),
    'found images as Uint16Array, expected a Uint8Array of bytes or a Float32Array',
  ],
  ['signed bytes', grey(new Int8Array(32)), 'found images as Int8Array'],
  ['32-bit integers', grey(new Int32Array(32)), 'found images as Int32Array'],
  ['big integers', grey(new BigInt64Array(32)), 'found images as BigInt64Array'],
  ['a raw buffer', grey(new ArrayBuffer(32)), 'found images as ArrayBuffer'],
  ['no images', grey(undefined), 'found images as Undefined'],
  [
    'RGB given as grey',
    grey(new Uint8Array(96)),
    'found 96 values, expected 32 for 2 images of 4 × 4 × 1; 3 values a pixel are RGB: set channels, or take the mean of red, green and blue',
  ],
  [
    'RGBA given as grey',
    grey(new Uint8ClampedArray(128)),
    'found 128 values, expected 32 for 2 images of 4 × 4 × 1; 4 values a pixel are RGBA',
  ],
  ['too few values', grey(new Uint8Array(31)), 'found 31 values, expected 32 for 2 images of 4 × 4 × 1'],
  [
    'images of another shape than the model’s',
    grey(new Uint8Array(96), { channels: 3 }),
    'found images of 4 × 4 × 3, expected 4 × 4 × 1, for which the model was built; build it with imageShape [4,4,3]',
  ],
  [
    'turned sides',
    grey(new Uint8Array(32), { height: 2, width: 8 }),
    'found images of 2 × 8 × 1, expected 4 × 4 × 1',
  ],
  ['a size that is none', grey(new Uint8Array(0), { size: 0 }), 'found a batch whose size is 0'],
  [
    'a width that is none',
    grey(new Uint8Array(32), { width: undefined }),
    'found a batch whose width is undefined',
  ],
  [
    'too few labels',
    grey(new Uint8Array(32), { labels: Uint8Array.of(1) }),
    'found 1 labels, expected 2, one an image',
  ],
  [
    'a label that is no whole number',
    grey(new Uint8Array(32), { labels: [1, 2.5] }),
    'found 2.5 as label 1 of the batch, expected a whole number from 0 to 255',
  ],
  ['a label below 0', grey(new Uint8Array(32), { labels: Int32Array.of(-1, 0) }), 'found -1 as label 0'],
  ['a label above 255', grey(new Uint8Array(32), { labels: Int32Array.of(0, 256) }), 'found 256 as label 1'],
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
    const lossesOf = async (images: unknown) => {
      const random = randomStream(1);
      const { history } = await fit(toy.build({}, random), {
        ...toyOptions(random),
        train: source(grey(images, { labels: [3, 4] })),
      });
      return history.map((row) => row['train.loss']);
    };
    expect(await lossesOf(of(bytes))).toEqual(await lossesOf(Uint8Array.from(bytes)));
  });
});

describe('batchDoor()', () => {
  const { encoder } = toy.build({}, randomStream(1));
  const door = (more: Partial<Autoencoder> = {}, whole?: number) =>
    batchDoor('Cannot train', { encoder, ...more } as Autoencoder, whole);

  test('lets a model that says so have any finite values', () => {
    expect(door({ range: 'any' })(grey(filled(-1.25))).images).toEqual(filled(-1.25));
    expect(() => door({ range: 'any' })(grey(filled(NaN)))).toThrow('found NaN in image 0');
    expect(() => door({ range: 'any' })(grey(filled(-Infinity)))).toThrow('found -Infinity in image 0');
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
