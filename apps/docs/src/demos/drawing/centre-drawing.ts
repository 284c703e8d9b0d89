import { PIXELS, SIDE } from '../digits/side.js';

/** MNIST's digits fit into a box of 20 by 20 pixels. */
const BOX = 20;

/**
 * Scales and places ink as MNIST does: the longer side of its box becomes 20 pixels, its centre of mass the middle of
 * the image. Each pixel is the mean of the area that it covers.
 * @param ink `[size, size]` in [0, 1], at any resolution
 * @returns `[28, 28]` in [0, 1], or undefined where there is no ink
 */
export function centreDrawing(ink: Float32Array, size: number): Float32Array | undefined {
  const box = boxOf(ink, size);
  if (!box) return undefined;
  const pixel = Math.max(box.width, box.height) / BOX; // of the image, in pixels of the drawing
  const image = new Float32Array(PIXELS);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++)
      image[y * SIDE + x] = meanOver(
        ink,
        size,
        box.centreX + (x - SIDE / 2) * pixel,
        box.centreY + (y - SIDE / 2) * pixel,
        pixel,
      );
  return image;
}

function boxOf(ink: Float32Array, size: number) {
  let [left, right, top, bottom] = [size, -1, size, -1];
  let [mass, massX, massY] = [0, 0, 0];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const value = ink[y * size + x]!;
      if (value === 0) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      mass += value;
      massX += value * (x + 0.5);
      massY += value * (y + 0.5);
    }
  if (mass === 0) return undefined;
  return { width: right - left + 1, height: bottom - top + 1, centreX: massX / mass, centreY: massY / mass };
}

/** The mean over a square with the given corner and side; beyond the drawing there is no ink. */
function meanOver(ink: Float32Array, size: number, left: number, top: number, side: number): number {
  let sum = 0;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(size, top + side); y++) {
    const high = Math.min(y + 1, top + side) - Math.max(y, top);
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(size, left + side); x++)
      sum += ink[y * size + x]! * high * (Math.min(x + 1, left + side) - Math.max(x, left));
  }
  return sum / (side * side);
}
