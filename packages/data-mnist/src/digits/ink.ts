import type { Line } from './line.js';

const { ceil, floor, max, min, round, sqrt } = Math;

/** Height and width of an image, as MNIST's. */
export const side = 28;
/** MNIST fits a digit into a square of this many pixels before it moves its centre of mass to the middle of the image. */
export const box = 20;

/** A field with room for the image wherever in the box the centre of mass turns out to be. */
const field = side + box;
const middle = field / 2;
/** Ink lies no further than this from the middle: the box, the grain and the soft edge. */
const reach = box / 2 + 3;

/** Inks a line around the origin into an image of 28 · 28 bytes, 0 for paper to 255 for ink, its centre of mass in the middle. */
export type Inker = (line: Line, image: Uint8Array) => void;

/** An inker with its own field to draw on. */
export function createInker(): Inker {
  const ink = new Float32Array(field * field);
  return (line, image) => {
    ink.fill(0);
    for (let i = 1; i < line.length; i++) if (!line.lifted[i]) layDown(ink, line, i);
    copyCentred(ink, image);
  };
}

/** The piece of line that ends at a dab: round at both ends, its edge soft over one pixel. */
function layDown(ink: Float32Array, line: Line, end: number) {
  const x0 = line.x[end - 1]! + middle;
  const y0 = line.y[end - 1]! + middle;
  const r0 = line.radius[end - 1]! + 0.5;
  const dx = line.x[end]! + middle - x0;
  const dy = line.y[end]! + middle - y0;
  const dr = line.radius[end]! + 0.5 - r0;
  const widest = max(r0, r0 + dr);
  const left = within(floor(min(x0, x0 + dx) - widest));
  const right = within(ceil(max(x0, x0 + dx) + widest));
  const top = within(floor(min(y0, y0 + dy) - widest));
  const bottom = within(ceil(max(y0, y0 + dy) + widest));
  const perSquare = 1 / (dx * dx + dy * dy + 1e-12);
  for (let row = top; row < bottom; row++) {
    const ey = row + 0.5 - y0;
    for (let column = left; column < right; column++) {
      const ex = column + 0.5 - x0;
      let s = (ex * dx + ey * dy) * perSquare;
      s = s < 0 ? 0 : s > 1 ? 1 : s;
      const ax = ex - s * dx;
      const ay = ey - s * dy;
      const square = ax * ax + ay * ay;
      if (square >= widest * widest) continue;
      const cover = r0 + s * dr - sqrt(square);
      const pixel = row * field + column;
      if (cover > ink[pixel]!) ink[pixel] = cover > 1 ? 1 : cover;
    }
  }
}

function within(position: number): number {
  return min(middle + reach, max(middle - reach, position));
}

/** Copies the part of the field in whose middle the ink's centre of mass lies, to the nearest pixel. */
function copyCentred(ink: Float32Array, image: Uint8Array) {
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let row = middle - reach; row < middle + reach; row++) {
    for (let column = middle - reach; column < middle + reach; column++) {
      const amount = ink[row * field + column]!;
      mass += amount;
      massX += amount * column;
      massY += amount * row;
    }
  }
  const left = round(massX / mass - (side - 1) / 2);
  const top = round(massY / mass - (side - 1) / 2);
  for (let row = 0; row < side; row++) {
    const from = (row + top) * field + left;
    for (let column = 0; column < side; column++)
      image[row * side + column] = ink[from + column]! * 255 + 0.5;
  }
}
