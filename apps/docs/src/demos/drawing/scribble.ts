import { PIXELS, SIDE } from '../network/network.js';

/** A zigzag that no digit looks like: six strokes from side to side, `[784]` in [0, 1]. */
export function scribble(): Float32Array {
  const image = new Float32Array(PIXELS);
  for (let stroke = 0; stroke < 6; stroke++)
    for (let t = 0; t <= 1; t += 0.02) {
      const along = stroke % 2 === 0 ? t : 1 - t;
      ink(image, 4.5 + 18 * along, 5 + 3 * stroke + 3 * t);
    }
  return image;
}

/** A round spot of ink, as wide as a stroke of MNIST. */
function ink(image: Float32Array, x: number, y: number): void {
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) {
      const value = Math.max(0, Math.min(1, 1.6 - Math.hypot(column + 0.5 - x, row + 0.5 - y)));
      image[row * SIDE + column] = Math.max(image[row * SIDE + column]!, value);
    }
}
