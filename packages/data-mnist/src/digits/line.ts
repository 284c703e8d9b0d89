import type { RandomNumbers } from '@ae/data';
import type { Hand } from './hand.js';
import type { Shape, Stroke } from './shapes.js';

const { max, min, sqrt } = Math;

/** A digit as the pen goes: round dabs in the order of writing, joined by straight pieces but where the pen was lifted. */
export interface Line {
  length: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly radius: Float64Array;
  /** 1 where the pen touches the paper anew. */
  readonly lifted: Uint8Array;
}

/** Straight pieces per span between two points of a shape: about a pixel each. */
const pieces = 6;
/** More dabs than any shape needs. */
const room = 256;

/** An empty line, to be written on again and again. */
export function emptyLine(): Line {
  return {
    length: 0,
    x: new Float64Array(room),
    y: new Float64Array(room),
    radius: new Float64Array(room),
    lifted: new Uint8Array(room),
  };
}

/**
 * Writes a shape by a hand onto the line: its points are placed as the hand does, then joined by smooth curves. The digit's ink lies
 * in a square of `box` pixels around the origin and touches it in its longer direction. Only `+ - * /` and square roots are used, which
 * every engine rounds alike, so a seed means the same images everywhere.
 */
export function write(line: Line, shape: Shape, hand: Hand, box: number, random: RandomNumbers): void {
  line.length = 0;
  for (const stroke of shape.strokes) follow(line, place(stroke, hand, random), stroke.corner, hand, random);
  fit(line, hand, box, random);
}

interface Points {
  x: number[];
  y: number[];
}

/** The points of a stroke where this hand puts them, in [-0.5, 0.5] both ways. */
function place(stroke: Stroke, hand: Hand, random: RandomNumbers): Points {
  const points: Points = { x: [], y: [] };
  for (let i = 0; i < stroke.x.length; i++) {
    const u = stroke.x[i]! / 100 - 0.5 + hand.looseness * random.bell();
    const v = stroke.y[i]! / 100 - 0.5 + hand.looseness * random.bell();
    const waist = 0.25 - v * v; // largest half-way down, 0 at the top and the bottom
    const x = hand.width * (u * (1 + 2 * hand.flareX * v) + hand.bowX * waist);
    const y = v * (1 + 2 * hand.flareY * u) + hand.waist * waist + hand.bowY * (0.25 - u * u);
    const leaning = x - hand.slant * y;
    // The rotation whose half angle has this tangent, without sine and cosine.
    const t = hand.turn;
    points.x.push(((1 - t * t) * leaning - 2 * t * y) / (1 + t * t));
    points.y.push((2 * t * leaning + (1 - t * t) * y) / (1 + t * t));
  }
  return points;
}

/** Adds a stroke to the line: centripetal Catmull-Rom curves (Yuksel, Schaefer and Keyser, 2011) that break at corners. */
function follow(line: Line, { x, y }: Points, corner: readonly boolean[], hand: Hand, random: RandomNumbers) {
  const last = x.length - 1;
  let width = swell(hand, random);
  for (let i = 0; i < last; i++) {
    const dx = x[i + 1]! - x[i]!;
    const dy = y[i + 1]! - y[i]!;
    const t12 = gap(x, y, i, i + 1);
    let startX = dx;
    let startY = dy;
    let endX = dx;
    let endY = dy;
    if (i > 0 && !corner[i]) {
      const t01 = gap(x, y, i - 1, i);
      startX += t12 * ((x[i]! - x[i - 1]!) / t01 - (x[i + 1]! - x[i - 1]!) / (t01 + t12));
      startY += t12 * ((y[i]! - y[i - 1]!) / t01 - (y[i + 1]! - y[i - 1]!) / (t01 + t12));
    }
    if (i + 1 < last && !corner[i + 1]) {
      const t23 = gap(x, y, i + 1, i + 2);
      endX += t12 * ((x[i + 2]! - x[i + 1]!) / t23 - (x[i + 2]! - x[i]!) / (t12 + t23));
      endY += t12 * ((y[i + 2]! - y[i + 1]!) / t23 - (y[i + 2]! - y[i]!) / (t12 + t23));
    }
    const sideways = (dx * dx) / (dx * dx + dy * dy + 1e-9);
    const end = swell(hand, random) * (1 - hand.nib * sideways) * (i + 1 === last ? hand.lift : 1);
    for (let k = i === 0 ? 0 : 1; k <= pieces; k++) {
      const s = k / pieces;
      const toEnd = s * s * (3 - 2 * s); // the Hermite basis
      const outward = s * (1 - s) * (1 - s);
      const inward = s * s * (s - 1);
      const dab = line.length++;
      line.x[dab] = x[i]! + toEnd * dx + outward * startX + inward * endX;
      line.y[dab] = y[i]! + toEnd * dy + outward * startY + inward * endY;
      line.radius[dab] = width + (end - width) * s;
      line.lifted[dab] = i === 0 && k === 0 ? 1 : 0;
    }
    width = end;
  }
}

/** The line's width at a point, against its mean. */
function swell(hand: Hand, random: RandomNumbers): number {
  return max(0.4, 1 + hand.pressure * random.bell());
}

/** The root of the distance, a centripetal curve's parameter; never 0. */
function gap(x: readonly number[], y: readonly number[], i: number, j: number): number {
  const dx = x[j]! - x[i]!;
  const dy = y[j]! - y[i]!;
  return sqrt(sqrt(dx * dx + dy * dy)) + 1e-9;
}

/** Scales the line to the box, ink included, and roughens it. */
function fit(line: Line, hand: Hand, box: number, random: RandomNumbers) {
  let left = line.x[0]!;
  let right = left;
  let top = line.y[0]!;
  let bottom = top;
  for (let i = 1; i < line.length; i++) {
    left = min(left, line.x[i]!);
    right = max(right, line.x[i]!);
    top = min(top, line.y[i]!);
    bottom = max(bottom, line.y[i]!);
  }
  const scale = (box - 2 * hand.pen) / max(right - left, bottom - top);
  for (let i = 0; i < line.length; i++) {
    line.x[i] = (line.x[i]! - (left + right) / 2) * scale + hand.grain * random.bell();
    line.y[i] = (line.y[i]! - (top + bottom) / 2) * scale + hand.grain * random.bell();
    line.radius[i] = line.radius[i]! * hand.pen + hand.grain * random.bell();
  }
}
