import { describe, expect, test } from '@jest/globals';
import { decode } from 'fast-png';
import { imageGrid, learningCurve } from '../src/index.js';
import { renderPng, renderSvg } from '../src/node.js';

/** How many pixels of a region are dark. */
function inkIn(
  png: Uint8Array,
  region: { left: number; top: number; right: number; bottom: number },
): number {
  const { width, channels, data } = decode(png);
  let ink = 0;
  for (let y = region.top; y < region.bottom; y++)
    for (let x = region.left; x < region.right; x++) if (data[(y * width + x) * channels]! < 128) ink++;
  return ink;
}

describe('renderPng()', () => {
  test('draws text without any font of the machine', () => {
    const svg = renderSvg(learningCurve, [], { title: 'HHHH' });
    const png = renderPng(svg, { scale: 1 });
    expect(inkIn(png, { left: 0, top: 2, right: 60, bottom: 16 })).toBeGreaterThan(80); // two stems and a bar for each H
    expect(inkIn(png, { left: 80, top: 2, right: 200, bottom: 16 })).toBe(0);
  });

  test('sets bold headings in bold', () => {
    const text = (weight: number) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15" font-family="system-ui, sans-serif" font-weight="${weight}">HHHHH</text></svg>`;
    const region = { left: 0, top: 0, right: 90, bottom: 20 };
    expect(inkIn(renderPng(text(600), { scale: 1 }), region)).toBeGreaterThan(
      inkIn(renderPng(text(400), { scale: 1 }), region),
    );
  });

  test('scales the drawing, by two unless told otherwise', () => {
    const svg = renderSvg(learningCurve, [], { width: 300, height: 100 });
    expect(decode(renderPng(svg))).toMatchObject({ width: 600, height: 200 });
    expect(decode(renderPng(svg, { scale: 0.5 }))).toMatchObject({ width: 150, height: 50 });
    expect(() => renderPng(svg, { scale: 0 })).toThrow(RangeError);
  });

  test('keeps images crisp: a screen pixel has the value of one image pixel, never a mixture', () => {
    const pixels = Uint8Array.from({ length: 28 * 28 }, (_, i) => ((i + Math.floor(i / 28)) % 2) * 255);
    const png = renderPng(renderSvg(imageGrid, { pixels, count: 1, height: 28, width: 28 }, {}), {
      scale: 1,
    });
    const { data, channels, width } = decode(png);
    const row = Array.from({ length: 112 }, (_, x) => data[(50 * width + x) * channels]!);
    expect(new Set(row)).toEqual(new Set([0, 255]));
    expect(row.slice(0, 9)).toEqual([row[0], row[0], row[0], row[0], row[4], row[4], row[4], row[4], row[0]]);
  });

  test('puts white under a drawing without a ground, and leaves the ground of a dark one', () => {
    const corner = (theme: 'auto' | 'dark') => [
      ...decode(renderPng(renderSvg(learningCurve, [], { theme }))).data.slice(0, 3),
    ];
    expect(corner('auto')).toEqual([255, 255, 255]);
    expect(corner('dark')).toEqual([0x16, 0x18, 0x1d]);
  });

  test('says so when the text is no SVG, and keeps the cause', () => {
    const attempt = () => renderPng('<html>');
    expect(attempt).toThrow('Cannot render PNG: the text is no SVG that can be drawn');
    expect(attempt).toThrow(expect.objectContaining({ cause: expect.anything() }));
  });
});

test('renderSvg() gives the text of an SVG file with its namespace', () => {
  expect(renderSvg(learningCurve, [])).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" [^]*<\/svg>$/);
});
