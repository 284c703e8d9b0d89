import { PIXELS, SIDE } from '../digits/side.js';

/** A scrawl that no digit looks like, from side to side and then up and down, `[784]` in [0, 1]. */
export function scribble(): Float32Array {
  const image = new Float32Array(PIXELS);
  zigzag(5, (along, across) => ink(image, along, across));
  zigzag(4, (along, across) => ink(image, across, along));
  return image;
}

/** Goes back and forth over a box of 19 pixels, in so many strokes. */
function zigzag(strokes: number, visit: (along: number, across: number) => void): void {
  for (let stroke = 0; stroke < strokes; stroke++)
    for (let t = 0; t <= 1; t += 0.02)
      visit(4.5 + 19 * (stroke % 2 === 0 ? t : 1 - t), 4.5 + (19 * (stroke + t)) / strokes);
}

/** A round spot of ink, as wide as a stroke of MNIST. */
function ink(image: Float32Array, x: number, y: number): void {
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) {
      const value = Math.max(0, Math.min(1, 1.6 - Math.hypot(column + 0.5 - x, row + 0.5 - y)));
      image[row * SIDE + column] = Math.max(image[row * SIDE + column]!, value);
    }
}
