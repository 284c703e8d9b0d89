import { describe, expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import { type ImageExamples, examplesOfImages, type Picture } from '../../src/images/examples-of-images.js';
import type { Pixels } from '../../src/images/pixels.js';

/** A PNG of one value, or of a value a channel. */
const plain = (name: string, width: number, height: number, ...color: number[]): Picture => ({
  name,
  read: () =>
    Promise.resolve(
      encode({
        ...{ width, height, channels: color.length as 1 },
        data: Uint8Array.from({ length: width * height * color.length }, (_, i) => color[i % color.length]!),
      }),
    ),
});
const broken = (name: string): Picture => ({ name, read: () => Promise.resolve(Uint8Array.of(1, 2, 3)) });
const valuesOf = ({ examples }: ImageExamples) => [...examples.values];

describe('examplesOfImages()', () => {
  test('gives pictures in their order, with their names and the size that all have', async () => {
    const { examples, places, skipped } = await examplesOfImages(
      [plain('b', 2, 1, 7), plain('a', 2, 1, 9)],
      {},
    );
    expect(examples).toEqual({
      ...{ values: Uint8Array.of(7, 7, 9, 9), shape: [1, 2, 1], count: 2 },
      names: ['b', 'a'],
    });
    expect({ places, skipped }).toEqual({ places: [0, 1], skipped: [] });
  });

  test('refuses the first picture of another size, and says what to do', async () => {
    await expect(
      examplesOfImages([plain('a', 3, 2, 1), plain('cats/7.png', 2, 2, 1)], { skipBroken: true }),
    ).rejects.toThrow(
      'Cannot read cats/7.png: found 2 × 2 pixels, expected 3 × 2 as a has; give all one size, such as 32 (--size 32)',
    );
    const { examples } = await examplesOfImages([plain('a', 3, 2, 1), plain('b', 2, 2, 1)], { size: [1, 2] });
    expect(examples).toMatchObject({ shape: [1, 2, 1], count: 2 });
  });

  test('is grey as long as every pixel is, however it is written', async () => {
    const grey = [plain('a', 1, 1, 5), plain('b', 1, 1, 6, 6, 6), plain('c', 1, 1, 7, 255)];
    const found = await examplesOfImages(grey, {});
    expect([found.examples.shape, valuesOf(found)]).toEqual([
      [1, 1, 1],
      [5, 6, 7],
    ]);
    const colored = await examplesOfImages([...grey, plain('d', 1, 1, 1, 2, 3), plain('e', 1, 1, 8)], {});
    expect([colored.examples.shape, valuesOf(colored)]).toEqual([
      [1, 1, 3],
      [5, 5, 5, 6, 6, 6, 7, 7, 7, 1, 2, 3, 8, 8, 8],
    ]);
  });

  test('has the channels that are asked for', async () => {
    const pictures = [plain('a', 1, 1, 5), plain('b', 1, 1, 255, 0, 0)];
    expect(valuesOf(await examplesOfImages(pictures, { channels: 1 }))).toEqual([5, 76]);
    expect(valuesOf(await examplesOfImages(pictures, { channels: 3 }))).toEqual([5, 5, 5, 255, 0, 0]);
  });

  test('names a broken file, or leaves it out and counts it where that is asked', async () => {
    const pictures = [plain('a', 1, 1, 5), broken('b'), plain('c', 1, 1, 6)];
    await expect(examplesOfImages(pictures, {})).rejects.toThrow(
      'Cannot read b: found bytes that begin 0x010203, expected a picture',
    );
    const found = await examplesOfImages(pictures, { skipBroken: true });
    expect(found.examples).toMatchObject({ values: Uint8Array.of(5, 6), names: ['a', 'c'], count: 2 });
    expect([found.places, found.skipped]).toEqual([[0, 2], ['b']]);
    await expect(examplesOfImages([broken('b')], { skipBroken: true })).rejects.toThrow(
      'found all 1 broken, the first b, expected one that is whole',
    );
  });

  test('does not leave out what only lacks a decoder', async () => {
    const webp = { name: 'x.webp', read: async () => new TextEncoder().encode('RIFF\0\0\0\0WEBPVP8 ') };
    await expect(examplesOfImages([webp], { skipBroken: true })).rejects.toThrow('npm install sharp');
  });

  test('refuses a file that is too long for a picture before it is read', async () => {
    const read = () => Promise.reject(new Error('was read'));
    await expect(examplesOfImages([{ name: 'x.png', size: 2 ** 29, read }], {})).rejects.toThrow(
      'Cannot read x.png: found 536870912 bytes, expected at most 268435456 of a picture',
    );
  });

  test('refuses more than an array holds, and says what to do', async () => {
    const one: Pixels = { width: 1, height: 1, channels: 1, data: Uint8Array.of(1) };
    const many = Array.from({ length: 300 }, () => ({ name: 'x', read: () => Promise.resolve(one) }));
    await expect(examplesOfImages(many, { size: 4096 })).rejects.toThrow(
      'found 4096 × 4096 pixels of 1 bytes, 5033164800 in all, expected at most 4294967295; make them smaller',
    );
  });

  test('shows progress, and stops between two files', async () => {
    const done: number[] = [];
    const pictures = Array.from({ length: 70 }, (_, i) => plain(`${i}`, 1, 1, i));
    await examplesOfImages(pictures, {}, { onProgress: (progress) => done.push(progress.done) });
    expect(done).toEqual([32, 64, 70]);
    const stop = new AbortController();
    const stopping = pictures.map((picture, i) => ({
      ...picture,
      read: () => {
        if (i === 40) stop.abort(new Error('enough'));
        return picture.read();
      },
    }));
    await expect(examplesOfImages(stopping, {}, { signal: stop.signal })).rejects.toThrow('enough');
  });

  test('says of an option what it may be', async () => {
    const picture = [plain('a', 1, 1, 5)];
    await expect(examplesOfImages(picture, { size: 0 })).rejects.toThrow(
      new RangeError(
        'Cannot read pictures: found size 0, expected a side, or height and width, from 1 to 16384',
      ),
    );
    await expect(examplesOfImages(picture, { size: [2] as never })).rejects.toThrow('found size [2]');
    await expect(examplesOfImages(picture, { channels: 4 as never })).rejects.toThrow('expected 1 for grey');
    await expect(examplesOfImages(picture, { fit: 'fill' as never })).rejects.toThrow(
      'expected cover or contain',
    );
  });
});
