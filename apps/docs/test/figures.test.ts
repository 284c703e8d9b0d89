import { imageGrid, latentManifold } from '@ae/viz';
import { renderSvg } from '@ae/viz/node';
import { describe, expect, test } from '@jest/globals';
import { inflateSync } from 'node:zlib';

import { coarsenPictures } from '../tools/coarsen-pictures.js';
import { onDarkGround } from '../tools/dark-figure.js';

const waves = Uint8Array.from({ length: 100 * 28 * 28 }, (_, i) => 127.5 + 127 * Math.sin(i * i * 1e-4));
const stack = { pixels: waves, count: 100, height: 28, width: 28 };

describe('coarsenPictures()', () => {
  const svg = renderSvg(imageGrid, stack, { theme: 'light', columns: 10 });

  test('leaves a short figure as it is', () => expect(coarsenPictures(svg, svg.length)).toBe(svg));

  test('makes a long one fit, in fewer shades that are near the old ones', () => {
    const short = coarsenPictures(svg, Math.floor(0.9 * svg.length));
    expect(short.length).toBeLessThan(0.9 * svg.length);
    const [before, after] = [pixelsOf(svg), pixelsOf(short)];
    expect(after.length).toBe(before.length);
    expect(new Set(after).size).toBeLessThanOrEqual(64);
    expect(after.every((value, i) => Math.abs(value - before[i]!) <= 9)).toBe(true);
  });

  test('says so where it cannot', () => {
    expect(() => coarsenPictures(svg, 100)).toThrow(/^Cannot keep a figure: it has \d+ characters/);
  });
});

describe('onDarkGround()', () => {
  test('turns the light theme of every figure into the dark one', () => {
    const data = {
      images: stack,
      columns: 10,
      across: Array.from({ length: 10 }, (_, i) => i),
      upwards: Array.from({ length: stack.count / 10 }, (_, i) => i),
    };
    const light = renderSvg(latentManifold, data, { theme: 'light' });
    const dark = renderSvg(latentManifold, data, { theme: 'dark' });
    expect(onDarkGround(light).replace('#1b1b1f', '#16181d')).toBe(dark);
  });

  test('refuses a drawing without a ground', () => {
    expect(() => onDarkGround('<svg></svg>')).toThrow(TypeError);
  });
});

/** The bytes of the first picture's rows, with their filter bytes. */
function pixelsOf(svg: string): number[] {
  const png = Buffer.from(/base64,([^"]+)"/.exec(svg)![1]!, 'base64');
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  return [...rows];
}
