import { describe, expect, test } from '@jest/globals';

import { squaredErrorOf } from '../../src/demos/digits/squared-error.js';
import { centreDrawing } from '../../src/demos/drawing/centre-drawing.js';
import { scribble } from '../../src/demos/drawing/scribble.js';

const SIZE = 140;

describe('a drawing as MNIST would have it', () => {
  test('fills twenty pixels with its longer side, around its centre of mass', () => {
    const image = centreDrawing(bar(10, 20, 20, 90), SIZE)!; // 10 wide, 70 high
    expect(massOf(image).x).toBeCloseTo(14);
    expect(massOf(image).y).toBeCloseTo(14);
    const rows = Array.from({ length: 28 }, (_, y) => Math.max(...image.subarray(28 * y, 28 * y + 28)));
    expect(rows.filter((most) => most > 0)).toHaveLength(20);
    expect(rows.slice(4, 24).every((most) => most > 0.9)).toBe(true);
  });

  test('keeps the ink, scaled: ten by seventy pixels become 2.9 by twenty', () => {
    const total = centreDrawing(bar(10, 20, 20, 90), SIZE)!.reduce((sum, value) => sum + value, 0);
    expect(total).toBeCloseTo((20 * 20) / 7, 3);
  });

  test('is the same wherever and however large it was drawn', () => {
    const image = centreDrawing(bar(5, 40, 10, 75), SIZE)!;
    expect(squaredErrorOf(image, centreDrawing(bar(95, 80, 100, 115), SIZE)!)).toBeLessThan(1e-9);
    expect(squaredErrorOf(image, centreDrawing(bar(20, 60, 30, 130), SIZE)!)).toBeLessThan(1e-9);
    expect(squaredErrorOf(image, centreDrawing(bar(20, 60, 40, 130), SIZE)!)).toBeGreaterThan(1e-3); // another shape
  });

  test('of nothing is nothing', () => {
    expect(centreDrawing(new Float32Array(SIZE * SIZE), SIZE)).toBeUndefined();
  });

  test('may be a scribble, whose ink lies in [0, 1]', () => {
    const image = scribble();
    expect(Math.max(...image)).toBe(1);
    expect(Math.min(...image)).toBe(0);
  });
});

test('the squared error is a mean over pixels', () => {
  expect(squaredErrorOf(Float32Array.of(0, 1, 0.5, 0), Float32Array.of(0, 0, 0, 0))).toBeCloseTo(1.25 / 4);
});

function bar(left: number, top: number, right: number, bottom: number): Float32Array {
  return Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    return x >= left && x < right && y >= top && y < bottom ? 1 : 0;
  });
}

function massOf(image: Float32Array): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((value, i) => {
    mass += value;
    x += value * ((i % 28) + 0.5);
    y += value * (Math.floor(i / 28) + 0.5);
  });
  return { x: x / mass, y: y / mass };
}
