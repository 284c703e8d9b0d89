import type { RandomNumbers } from '@ae/data';

/** How one digit is written: what makes two by the same shape differ. Lengths are parts of the digit's height unless said. */
export interface Hand {
  /** Shift of the top to the right against the bottom. */
  slant: number;
  /** Tangent of half the angle by which the paper is turned. */
  turn: number;
  /** Width to height, against the shape as it is noted down. */
  width: number;
  /** How far the middle is pulled down, which trades a large upper half for a large lower one. */
  waist: number;
  /** Bows of vertical and of horizontal lines. */
  bowX: number;
  bowY: number;
  /** Width of the lower half against the upper one; height of the right half against the left one. */
  flareX: number;
  flareY: number;
  /** By how much each point of the shape misses its place, as a standard deviation. */
  looseness: number;
  /** Half the width of the line, in pixels. */
  pen: number;
  /** How much the line swells and thins as the pressure on the pen changes, against its width. */
  pressure: number;
  /** How much thinner the line is where the pen goes sideways. */
  nib: number;
  /** The width where the pen leaves the paper, against the line's. */
  lift: number;
  /** Roughness of the line's edge, in pixels. */
  grain: number;
}

/** A hand by chance. The ranges are ours: chosen by eye beside MNIST, and by its mean brightness of 0.1307. */
export function randomHand(random: RandomNumbers): Hand {
  return {
    slant: 0.18 + 0.26 * random.bell(),
    turn: 0.045 * random.bell(),
    width: 0.92 + 0.15 * random.bell(),
    waist: 0.12 * random.bell(),
    bowX: 0.14 * random.bell(),
    bowY: 0.09 * random.bell(),
    flareX: 0.18 * random.bell(),
    flareY: 0.1 * random.bell(),
    looseness: 0.015 + 0.028 * random.next(),
    pen: Math.min(2.4, Math.max(0.6, 1.28 + 0.34 * random.bell())),
    pressure: 0.08 + 0.2 * random.next(),
    nib: 0.3 * random.next(),
    lift: 0.55 + 0.55 * random.next(),
    grain: 0.05 + 0.2 * random.next(),
  };
}
