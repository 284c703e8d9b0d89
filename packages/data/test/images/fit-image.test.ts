import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitImage } from '../../src/images/fit-image.js';
import type { Pixels } from '../../src/images/pixels.js';
import { resize } from '../../src/images/resize.js';
import { pythonWith, testWith } from '../other-programs.js';

const pillow = pythonWith('pil');

const grey = (rows: number[][]): Pixels => ({
  ...{ width: rows[0]!.length, height: rows.length, channels: 1 },
  data: Uint8Array.from(rows.flat()),
});
const side = fc.integer({ min: 1, max: 24 });
const picture = fc
  .record({ width: side, height: side, channels: fc.constantFrom(1, 2, 3, 4) })
  .chain((size) => {
    const length = size.width * size.height * size.channels;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((data) => ({ ...size, data }) as Pixels);
  });
const fit = fc.constantFrom('cover' as const, 'contain' as const);

describe('fitImage()', () => {
  test('keeps the pixels of a picture that has the size', () => {
    const pixels = grey([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(fitImage(pixels, { height: 2, width: 3, channels: 1 })).toEqual(pixels.data);
  });

  test('makes a smaller picture of means over areas', () => {
    const pixels = grey([
      [0, 10, 20, 30],
      [40, 50, 60, 70],
    ]);
    expect([...fitImage(pixels, { height: 1, width: 2, channels: 1 })]).toEqual([25, 45]);
    expect([...resize(grey([[0, 1]]), 1, 1)]).toEqual([1]); // one half is rounded up
    // 3 → 2: one and a half pixels each.
    expect([
      ...fitImage(
        grey([
          [0, 90, 240],
          [0, 90, 240],
          [0, 90, 240],
        ]),
        { height: 2, width: 2, channels: 1 },
      ),
    ]).toEqual([30, 190, 30, 190]);
  });

  test('makes a larger picture with what lies between two pixels', () => {
    // Middles of the new pixels at -1/4, 1/4, 3/4, 5/4 of the way from the first to the second.
    expect(
      [
        ...fitImage(
          grey([
            [0, 100],
            [0, 100],
          ]),
          { height: 4, width: 4, channels: 1 },
        ),
      ].slice(0, 4),
    ).toEqual([0, 25, 75, 100]);
  });

  test('cuts the middle to cover, and lays the whole on black to contain', () => {
    const wide = grey([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    expect([...fitImage(wide, { height: 2, width: 2, channels: 1, fit: 'cover' })]).toEqual([2, 3, 6, 7]);
    expect([...fitImage(wide, { height: 4, width: 4, channels: 1, fit: 'contain' })]).toEqual([
      ...[0, 0, 0, 0, 1, 2, 3, 4],
      ...[5, 6, 7, 8, 0, 0, 0, 0],
    ]);
  });

  test('fills every size from every size, and changes no pixel that it was given', () => {
    fc.assert(
      fc.property(
        picture,
        side,
        side,
        fit,
        fc.constantFrom(1 as const, 3 as const),
        (pixels, width, height, fit, channels) => {
          const before = Uint8Array.from(pixels.data);
          expect(fitImage(pixels, { width, height, channels, fit }).length).toBe(width * height * channels);
          expect(pixels.data).toEqual(before);
        },
      ),
    );
  });

  test('lays what is not opaque on black', () => {
    const data = Uint8Array.of(200, 100, 50, 255, 200, 100, 50, 51, 200, 100, 50, 0);
    const pixels: Pixels = { width: 3, height: 1, channels: 4, data };
    expect([...fitImage(pixels, { height: 1, width: 3, channels: 3 })]).toEqual([
      200, 100, 50, 40, 20, 10, 0, 0, 0,
    ]);
  });

  test('keeps grey as it is in one channel and in three, and an even area at its value in every size', () => {
    fc.assert(
      fc.property(fc.nat(255), side, side, side, side, fit, (value, w, h, width, height, fit) => {
        const even: Pixels = {
          width: w,
          height: h,
          channels: 3,
          data: new Uint8Array(w * h * 3).fill(value),
        };
        const found = fitImage(even, { width, height, channels: 1, fit });
        expect(found.length).toBe(width * height);
        expect(found.every((each) => each === value || (fit === 'contain' && each === 0))).toBe(true);
        expect(found.includes(value)).toBe(true);
      }),
    );
  });

  test('resizes a mirrored picture to the mirrored one', () => {
    const mirrored = (data: Uint8Array, width: number, channels: number) => {
      const out = new Uint8Array(data.length);
      for (let i = 0; i < data.length / channels; i++)
        out.set(
          data.subarray(i * channels, (i + 1) * channels),
          (i - 2 * (i % width) + width - 1) * channels,
        );
      return out;
    };
    fc.assert(
      fc.property(picture, side, side, (pixels, width, height) => {
        const turned = { ...pixels, data: mirrored(pixels.data, pixels.width, pixels.channels) };
        expect(resize(turned, width, height)).toEqual(
          mirrored(resize(pixels, width, height), width, pixels.channels),
        );
      }),
    );
  });

  test('has the same mean as the picture where a whole number of pixels becomes one', () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 1, max: 4 }), (pixels, times) => {
        fc.pre(pixels.channels === 1);
        const { width, height, data } = pixels;
        const big = new Uint8Array(data.length * times * times);
        for (let i = 0; i < big.length; i++) {
          const [x, y] = [i % (width * times), Math.floor(i / (width * times))];
          big[i] = data[Math.floor(y / times) * width + Math.floor(x / times)]!;
        }
        const large = { ...pixels, width: width * times, height: height * times, data: big };
        expect(fitImage(large, { width, height, channels: 1 })).toEqual(data);
      }),
    );
  });

  testWith(pillow)('has Pillow’s grey of a colour, bit for bit, and its box means to a step', () => {
    const colors = Uint8Array.from({ length: 60 * 42 * 3 }, (_, i) => (i * 7919) % 251);
    const run = (program: string) =>
      pillow!(
        [
          '-c',
          `import sys\nfrom PIL import Image\nim = Image.frombytes('RGB', (60, 42), sys.stdin.buffer.read())\nsys.stdout.buffer.write(${program}.tobytes())`,
        ],
        colors,
      );
    const pixels: Pixels = { width: 60, height: 42, channels: 3, data: colors };
    expect(fitImage(pixels, { width: 60, height: 42, channels: 1 })).toEqual(run("im.convert('L')"));
    const ours = fitImage({ ...pixels }, { width: 20, height: 14, channels: 3 });
    const theirs = run('im.reduce(3)');
    for (let i = 0; i < ours.length; i++) expect(Math.abs(ours[i]! - theirs[i]!)).toBeLessThanOrEqual(1);
    const grown = fitImage(pixels, { width: 120, height: 84, channels: 3 });
    const bilinear = run('im.resize((120, 84), Image.BILINEAR)');
    for (let i = 0; i < grown.length; i++) expect(Math.abs(grown[i]! - bilinear[i]!)).toBeLessThanOrEqual(1);
  });
});
