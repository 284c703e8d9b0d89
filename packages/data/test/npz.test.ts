import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { DataError, fileOfBytes, readData, writeNpy, type Examples, type NpyValues } from '../src/index.js';
import { describeWithPython } from './python.js';

type Arrays = Record<string, { shape: number[]; data: NpyValues }>;
const archive = (arrays: Arrays) =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, npy]) => [`${name}.npy`, writeNpy(npy)])));
const read = (arrays: Arrays | Uint8Array, options = {}, notices: string[] = []) =>
  readData(
    'x.npz',
    [fileOfBytes('x.npz', arrays instanceof Uint8Array ? arrays : archive(arrays))],
    options,
    { notice: (text) => notices.push(text) },
  );
const numbers = (...values: number[]) => ({ shape: [values.length], data: Float64Array.from(values) });

describe('npz', () => {
  test('finds the parts as MedMNIST and Keras call them', async () => {
    const images = (count: number) => ({ shape: [count, 2, 2], data: new Uint8Array(count * 4).fill(7) });
    const labels = (...values: number[]) => ({ shape: [values.length, 1], data: Uint8Array.from(values) });
    const medical = await read({
      ...{ train_images: images(3), train_labels: labels(0, 1, 2) },
      ...{ val_images: images(2), val_labels: labels(2, 1), test_images: images(1), test_labels: labels(0) },
    });
    expect(medical).toMatchObject({
      train: { shape: [2, 2, 1], count: 3, labels: Uint8Array.of(0, 1, 2) },
      validation: { count: 2, labels: Uint8Array.of(2, 1) },
      test: { count: 1, labels: Uint8Array.of(0) },
    });
    const keras = await read({
      x_test: images(1),
      x_train: images(2),
      y_train: numbers(3, 4),
      y_test: numbers(5),
    });
    expect(keras).toMatchObject({
      train: { count: 2, labels: Uint8Array.of(3, 4) },
      test: { count: 1, labels: Uint8Array.of(5) },
    });
  });

  test('takes X and y, one array of any name, and the labels that are asked for', async () => {
    const x = numbers(1.5, 2.5);
    expect(await read({ X: x, y: numbers(1, 0) })).toMatchObject({ all: { labels: Uint8Array.of(1, 0) } });
    expect(await read({ anything: x })).toMatchObject({ all: { values: Float32Array.of(1.5, 2.5) } });
    expect(await read({ X: x, y: numbers(1, 0), kind: numbers(4, 5) }, { label: 'kind' })).toMatchObject({
      all: { labels: Uint8Array.of(4, 5) },
    });
  });

  test('takes labels below 0 as classes, the same in every part', async () => {
    const parts = await read({
      ...{ x_train: numbers(1, 2), y_train: numbers(1, -1), x_test: numbers(3), y_test: numbers(1) },
    });
    expect(parts).toMatchObject({
      train: { labels: Uint8Array.of(1, 0), classes: ['-1', '1'] },
      test: { labels: Uint8Array.of(1), classes: ['-1', '1'] },
    });
  });

  test('says what it leaves out: arrays without a role, and labels of several a row', async () => {
    const notices: string[] = [];
    const { all } = (await read(
      { X: numbers(1, 2), y: { shape: [2, 2], data: Uint8Array.of(0, 1, 1, 0) }, latents: numbers(1) },
      {},
      notices,
    )) as { all: Examples };
    expect(all.labels).toBeUndefined();
    expect(notices).toEqual([
      'x.npz: labels are left out. Cannot take labels of "y": found shape [2,2], expected one label an example, [n] or [n, 1]',
      'x.npz: read "X", "y"; left out "latents", whose names say neither',
    ]);
  });

  test('lists the arrays where their names do not tell', async () => {
    await expect(read({ a: numbers(1), b: numbers(2) })).rejects.toThrow(
      new DataError(
        'Cannot read x.npz: found arrays "a", "b", expected one alone, X and y, or x_train, y_train, x_test, …; save those that are meant under such names',
      ),
    );
    await expect(read({ X: numbers(1) }, { label: 'z' })).rejects.toThrow(
      'Cannot read x.npz: found no array "z" for labels, expected one of "X"',
    );
    await expect(read({ X: numbers(1, 2), y: numbers(1) })).rejects.toThrow('found 1 labels, expected 2');
  });

  test('refuses a byte that was changed, and sizes that packed bytes cannot have', async () => {
    const bytes = archive({ X: { shape: [64, 4], data: new Float32Array(256).fill(1) } });
    const changed = bytes.slice();
    changed[bytes.length - 150]! ^= 1;
    await expect(read(changed)).rejects.toThrow(DataError);
    const bomb = bytes.slice();
    const directory = bytes.length - 22 - 46 - 5;
    new DataView(bomb.buffer).setUint32(directory + 24, 0xfffffff0, true); // 4 GiB, of 40 bytes
    await expect(read(bomb)).rejects.toThrow(
      /^Cannot unpack x.npz, X.npy: found \d+ packed bytes, which cannot hold them/,
    );
  });
});

describeWithPython('npz, as NumPy writes it', ['numpy'], (run) => {
  test('reads savez and savez_compressed', async () => {
    const files = run(`
import numpy as np
X = np.arange(20_000).reshape(2000, 10) / 7
y = np.arange(2000) % 3
np.savez('plain.npz', X=X, y=y)
np.savez_compressed('packed.npz', X=X, y=y)
np.savez('unnamed.npz', X)
`);
    for (const file of ['plain.npz', 'packed.npz', 'unnamed.npz']) {
      const { all } = (await readData(file, [fileOfBytes(file, files(file))])) as { all: Examples };
      expect(all.count).toBe(2000);
      expect(all.values).toEqual(Float32Array.from({ length: 20_000 }, (_, i) => i / 7));
      if (file !== 'unnamed.npz')
        expect(all.labels).toEqual(Uint8Array.from({ length: 2000 }, (_, i) => i % 3));
    }
  });
});

const folder = fileURLToPath(new URL('../../../../shared/data/adbench/', import.meta.url));
const tables = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.npz')) : [];
if (tables.length === 0) console.log('ADBench is skipped: there is no ../shared/data/adbench');
(tables.length === 0 ? describe.skip : describe)('ADBench', () => {
  test.each(tables.length === 0 ? ['none'] : tables)('%s opens', async (name) => {
    const { all } = (await readData(name, [fileOfBytes(name, readFileSync(folder + name))])) as {
      all: Examples;
    };
    expect(all.values).toBeInstanceOf(Float32Array);
    expect(all.labels!.every((label) => label < 2)).toBe(true);
    expect(all.labels!.some((label) => label === 1)).toBe(true);
  });
});
