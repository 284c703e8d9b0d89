import type { ImageOptions } from './pixels.js';

/** Beyond this the sums of `resize` would not be exact, and no network takes such pictures. */
const longestSide = 2 ** 14;

/**
 * That pictures can be made so.
 * @throws RangeError for a size that is not one side or two from 1 to 16,384, channels other than 1 and 3, a fit that is none
 */
export function checkImageOptions({ size, channels, fit }: ImageOptions): void {
  const sides = size === undefined ? [1, 1] : typeof size === 'number' ? [size, size] : size;
  const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= longestSide;
  if (!Array.isArray(sides) || sides.length !== 2 || !sides.every(isSide))
    throw wrong({ size }, `a side, or height and width, from 1 to ${longestSide}`);
  if (channels !== undefined && channels !== 1 && channels !== 3)
    throw wrong({ channels }, '1 for grey or 3 for colour');
  if (fit !== undefined && fit !== 'cover' && fit !== 'contain') throw wrong({ fit }, 'cover or contain');
}

function wrong(option: Record<string, unknown>, expected: string): RangeError {
  const [[name, value]] = Object.entries(option) as [[string, unknown]];
  return new RangeError(`Cannot read pictures: found ${name} ${JSON.stringify(value)}, expected ${expected}`);
}
