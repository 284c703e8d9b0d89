import { describe, expect, test } from '@jest/globals';
import { decode } from 'fast-png';
import { imageGrid, samples } from '../src/index.js';
import { cpuSeconds } from './cpu-seconds.js';
import { document, textsOf } from './page-document.js';

const stack = (count: number, side = 4) => ({
  pixels: Uint8Array.from({ length: count * side * side }, (_, i) => (i * 37) % 256),
  count,
  height: side,
  width: side,
});

function rasterOf(svg: SVGSVGElement) {
  const href = svg.querySelector('image')!.getAttribute('href')!;
  return decode(Buffer.from(href.replace('data:image/png;base64,', ''), 'base64'));
}

describe('imageGrid()', () => {
  test('puts all images into one crisp raster, pixel for pixel, with transparent lines between', () => {
    const svg = imageGrid(stack(4), { document, columns: 2 });
    expect(svg.querySelectorAll('image')).toHaveLength(1);
    expect(svg.querySelector('image')!.getAttribute('image-rendering')).toBe('pixelated');
    const { width, height, channels, data } = rasterOf(svg);
    expect([width, height, channels]).toEqual([9, 9, 2]);
    const at = (x: number, y: number) => [data[2 * (y * 9 + x)], data[2 * (y * 9 + x) + 1]];
    expect(at(0, 0)).toEqual([0, 255]);
    expect(at(4, 0)).toEqual([0, 0]); // between the columns
    expect(at(6, 2)).toEqual([((16 + 2 * 4 + 1) * 37) % 256, 255]); // image 1, row 2, column 1
    expect(at(8, 8)).toEqual([(63 * 37) % 256, 255]); // the last pixel of image 3
  });

  test('takes floats from 0 to 1 and draws those outside as the nearest', () => {
    const pixels = Float32Array.of(0, 0.5, 1, -3);
    const { data, channels } = rasterOf(imageGrid({ pixels, count: 1, height: 2, width: 2 }, { document }));
    expect(channels).toBe(1);
    expect([...data]).toEqual([0, 128, 255, 0]);
  });

  test('shows images at whole or half multiples of their pixels, so that none is uneven', () => {
    for (const columns of [1, 3, 7, 11])
      for (const width of [300, 481, 1000]) {
        const image = imageGrid(stack(22, 28), { document, columns, width }).querySelector('image')!;
        const pixel = Number(image.getAttribute('width')) / (columns * 29 - 1);
        if (pixel >= 1) expect(pixel * 2).toBeCloseTo(Math.round(pixel * 2), 3);
      }
  });

  test('writes labels as text, short enough for their image', () => {
    const svg = imageGrid(stack(2, 28), {
      document,
      columns: 2,
      labels: ['<b>&</b>', 'a very long label'.repeat(4)],
    });
    const [first, second] = textsOf(svg);
    expect(first).toBe('<b>&</b>');
    expect(second).toMatch(/^a very.*…$/);
    expect(svg.querySelector('b')).toBeNull();
  });

  test('crosses out images that are not finite and says how many', () => {
    const pixels = new Float32Array(32).fill(0.5);
    pixels[20] = NaN;
    const svg = imageGrid({ pixels, count: 2, height: 4, width: 4 }, { document });
    expect(textsOf(svg)).toEqual(['Crossed out: 1 of 2 images hold values', 'that are not finite.']);
    expect(svg.querySelector('path')!.getAttribute('d')).toMatch(/^M[\d.]+,[\d.]+h/);
    expect(
      [...rasterOf(svg).data].filter((_, i) => i % 2 === 1 && i % 18 > 9).every((opacity) => opacity === 0),
    ).toBe(true);
  });

  test('draws ten thousand images as one element in a few seconds', () => {
    const images = stack(10_000, 28);
    let elements = 0;
    const draw = () => void (elements = imageGrid(images, { document }).querySelectorAll('*').length);
    expect(cpuSeconds(draw)).toBeLessThan(5); // 0.5 s on a quiet machine
    expect(elements).toBeLessThan(10);
  });

  test('draws an empty frame for no images', () => {
    expect(textsOf(imageGrid(stack(0), { document }))).toEqual(['no images']);
    expect(textsOf(samples(stack(0), { document }))).toEqual(['no samples']);
  });

  test('refuses what does not fit together', () => {
    expect(() => imageGrid({ ...stack(2), count: 3 }, { document })).toThrow(
      'Cannot draw image grid: images.pixels holds 32 values, expected 48 for 3 images of 4x4',
    );
    expect(() => imageGrid({ ...stack(2), pixels: [1] as never }, { document })).toThrow(TypeError);
    expect(() => imageGrid({ ...stack(2), width: 0 }, { document })).toThrow(RangeError);
    expect(() => imageGrid(stack(2), { document, columns: 1.5 })).toThrow(/columns is 1.5/);
    expect(() => imageGrid(stack(2), { document, labels: [1] })).toThrow(/found 1 labels for 2 images/);
  });
});

test('samples() lays images out in a square', () => {
  const { width, height } = rasterOf(samples(stack(9), { document }));
  expect([width, height]).toEqual([14, 14]);
});
