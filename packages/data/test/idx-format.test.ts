import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { DataError, fileOfBytes, readData, writeIdx, type Examples, type Idx } from '../src/index.js';

const bytes = (shape: number[], ...values: number[]): Idx => ({ shape, data: Uint8Array.from(values) });
const read = (files: Record<string, Idx>, pack = (plain: Uint8Array) => plain) =>
  readData(
    'folder',
    Object.entries(files).map(([name, array]) => fileOfBytes(name, pack(writeIdx(array)))),
  );

describe('idx', () => {
  test('reads one file of any rank and type', async () => {
    expect(await read({ 'x.idx3-ubyte': bytes([2, 1, 2], 1, 2, 3, 4) })).toEqual({
      format: 'idx',
      all: { values: Uint8Array.of(1, 2, 3, 4), shape: [1, 2, 1], count: 2 },
    });
    const floats = { shape: [2, 2], data: Float64Array.of(1.5, -2, 3, 4) };
    expect(await read({ 'x.idx2-double': floats })).toMatchObject({
      all: { values: Float32Array.of(1.5, -2, 3, 4), shape: [2] },
    });
    expect(await read({ 'x-idx4-ubyte': bytes([1, 1, 1, 3], 9, 8, 7) })).toMatchObject({
      all: { values: Uint8Array.of(9, 8, 7), shape: [1, 1, 3] },
    });
  });

  const mnist = {
    'train-images-idx3-ubyte': bytes([3, 1, 2], 1, 2, 3, 4, 5, 6),
    'train-labels-idx1-ubyte': bytes([3], 7, 0, 9),
    't10k-images-idx3-ubyte': bytes([1, 1, 2], 8, 9),
    't10k-labels-idx1-ubyte': bytes([1], 4),
  };
  test('pairs images and labels by their names, packed or not', async () => {
    const expected = {
      train: {
        values: Uint8Array.of(1, 2, 3, 4, 5, 6),
        shape: [1, 2, 1],
        count: 3,
        labels: Uint8Array.of(7, 0, 9),
      },
      test: { values: Uint8Array.of(8, 9), shape: [1, 2, 1], count: 1, labels: Uint8Array.of(4) },
    };
    expect(await read(mnist)).toMatchObject(expected);
    const packed = Object.fromEntries(Object.entries(mnist).map(([name, array]) => [`${name}.gz`, array]));
    expect(await read(packed, gzipSync)).toMatchObject(expected);
  });

  test('turns EMNIST’s images upright, and names its classes', async () => {
    const letters = await read({
      'emnist-letters-train-images-idx3-ubyte': bytes([2, 2, 3], 1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60),
      'emnist-letters-train-labels-idx1-ubyte': bytes([2], 1, 26),
    });
    expect(letters).toMatchObject({
      all: {
        ...{ values: Uint8Array.of(1, 4, 2, 5, 3, 6, 10, 40, 20, 50, 30, 60), shape: [3, 2, 1] },
        ...{ labels: Uint8Array.of(0, 25), classes: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'] },
      },
    });
    for (const [set, label, name, classes] of [
      ['byclass', 61, 'z', 62],
      ['bymerge', 46, 't', 47],
      ['balanced', 36, 'a', 47],
      ['digits', 9, '9', 10],
    ] as const) {
      const { all } = (await read({
        [`emnist-${set}-test-images-idx3-ubyte`]: bytes([1, 1, 2], 0, 9),
        [`emnist-${set}-test-labels-idx1-ubyte`]: bytes([1], label),
      })) as unknown as { all: Examples };
      expect(all.classes).toHaveLength(classes);
      expect(all.classes![all.labels![0]!]).toBe(name);
    }
    await expect(
      read({
        'emnist-letters-train-images-idx3-ubyte': bytes([1, 1, 2], 0, 9),
        'emnist-letters-train-labels-idx1-ubyte': bytes([1], 0),
      }),
    ).rejects.toThrow('found label 0 at 0, expected whole numbers from 1 to 26');
  });

  test('takes the first of QMNIST’s eight numbers as the label', async () => {
    const data = Int32Array.from([5, 0, 1, 2, 3, 4, 0, 0, 3, 9, 9, 9, 9, 9, 9, 9]);
    expect(
      await read({
        'qmnist-train-images-idx3-ubyte': bytes([2, 1, 2], 1, 2, 3, 4),
        'qmnist-train-labels-idx2-int': { shape: [2, 8], data },
      }),
    ).toMatchObject({ all: { labels: Uint8Array.of(5, 3) } });
  });

  const one = bytes([1, 1, 1], 1);
  test.each([
    ['two sets', { 'emnist-digits-train-images-idx3-ubyte': one, 'emnist-letters-train-images-idx3-ubyte': one }, 'expected those of one set, not of emnist-digits and emnist-letters'],
    ['labels without images', { 'train-labels-idx1-ubyte': bytes([1], 1), 't10k-images-idx3-ubyte': one }, 'expected images beside the labels of train'],
    ['nothing to train on', { 'test-images-idx3-ubyte': one, 'val-images-idx3-ubyte': one }, 'expected a part to train on'],
    ['names that say nothing', { 'a-idx3-ubyte': one, 'b-idx3-ubyte': one }, 'expected one, or names such as train-images-idx3-ubyte'],
    ['another number of labels', { 'train-images-idx3-ubyte': one, 'train-labels-idx1-ubyte': bytes([2], 1, 2) }, 'Cannot read train-images-idx3-ubyte: found 2 labels, expected 1'],
    ['labels of several numbers', { 'train-images-idx3-ubyte': one, 'train-labels-idx2-ubyte': bytes([1, 2], 1, 2) }, 'Cannot read train-labels-idx2-ubyte: found labels of shape [1,2], expected one an example'],
  ])('refuses %s', async (_what, files, message) => {
    const reading = read(files as Record<string, Idx>);
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(message);
  }); // prettier-ignore

  test('refuses a gzip that is damaged, and one that cannot hold what its header announces', async () => {
    const packed = gzipSync(writeIdx(mnist['train-images-idx3-ubyte']));
    packed[packed.length - 6]! ^= 1;
    const file = (content: Uint8Array) => [fileOfBytes('x-idx3-ubyte.gz', content)];
    await expect(readData('x', file(packed))).rejects.toThrow('its checksum is not that of what it holds');
    const bomb = gzipSync(Uint8Array.of(0, 0, 8, 1, 0x7f, 0, 0, 0));
    await expect(readData('x', file(bomb))).rejects.toThrow(
      'found a header that announces shape [2130706432]',
    );
  });
});

const folder = fileURLToPath(new URL('../../../../shared/data/mnist/', import.meta.url));
const there = existsSync(folder);
if (!there) console.log('MNIST as IDX is skipped: there is no ../shared/data/mnist');
(there ? test : test.skip)('MNIST as it is published, packed', async () => {
  const names = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'];
  const files = names.map((name) =>
    fileOfBytes(`${name}-ubyte.gz`, readFileSync(`${folder}${name}-ubyte.gz`)),
  );
  const { train, test } = (await readData('mnist', files)) as unknown as Record<'train' | 'test', Examples>;
  expect([train.count, test.count, train.shape]).toEqual([60_000, 10_000, [28, 28, 1]]);
  expect(Array.from(train.labels!.subarray(0, 8))).toEqual([5, 0, 4, 1, 9, 2, 1, 3]);
});
