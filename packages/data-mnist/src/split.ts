import type { PublishedDataSet } from './catalog.js';
import type { ImageSet } from './data-set.js';
import { randomNumbers, shuffle } from './random.js';

/** How the training images are divided. What is left out is as the data set defines it; folders define nothing and are drawn with seed 1. */
export interface ValidationOptions {
  /** Training images that are kept for validation. @default 5,000, a twelfth where there are fewer than 60,000 */
  validationCount?: number | undefined;
  /** The same as a share of the training images, from 0 to below 1. */
  validationShare?: number | undefined;
  /**
   * Draws them at random: the same images for the same seed on every machine, so that files sorted by label lose nothing. `null` takes
   * the last ones of the file.
   */
  validationSeed?: number | null | undefined;
}

/**
 * Takes images away for validation: the last ones as a view of what is given, or with a seed some drawn at random, both parts then
 * copies in the order of the set.
 * @param validationCount @default 5,000, a twelfth where there are fewer than 60,000
 * @param validationSeed @default null: the last ones
 * @throws RangeError when that leaves no training images, or for a seed that is no integer from 0 to 2^53 - 1
 */
export function splitValidation(
  set: ImageSet,
  validationCount = defaultCount(set.count),
  validationSeed: number | null = null,
): { train: ImageSet; validation: ImageSet } {
  if (!Number.isInteger(validationCount) || validationCount < 0 || validationCount >= set.count) {
    throw new RangeError(
      `Cannot split ${set.count} training images: found validationCount ${validationCount}, expected 0 to ${set.count - 1}`,
    );
  }
  const split = set.count - validationCount;
  if (validationSeed === null)
    return { train: slice(set, 0, split), validation: slice(set, split, set.count) };
  if (!Number.isSafeInteger(validationSeed) || validationSeed < 0) {
    throw new RangeError(
      `Cannot split ${set.count} training images: found validationSeed ${validationSeed}, expected an integer from 0 to 2^53 - 1`,
    );
  }
  const order = shuffle(
    Uint32Array.from({ length: set.count }, (_, i) => i),
    randomNumbers(validationSeed, 0, 1), // no epoch of the same seed has this stream
  );
  return {
    train: gather(set, order.subarray(0, split).sort()),
    validation: gather(set, order.subarray(split).sort()),
  };
}

/**
 * How many images the options take.
 * @throws TypeError where both say how many
 * @throws RangeError for a share that is none
 */
export function validationCountOf(
  count: number,
  { validationCount, validationShare }: ValidationOptions,
): number | undefined {
  if (validationShare === undefined) return validationCount;
  if (validationCount !== undefined)
    throw new TypeError('Cannot split: found validationCount and validationShare, expected one of them');
  if (!(validationShare >= 0 && validationShare < 1))
    throw new RangeError(
      `Cannot split: found validationShare ${validationShare}, expected a number from 0 to below 1`,
    );
  const least = validationShare > 0 ? 1 : 0;
  return Math.min(count - 1, Math.max(least, Math.round(validationShare * count)));
}

/** The options, with the split that a published data set defines where they say nothing. */
export function ownSplit(
  { validation }: PublishedDataSet,
  { validationCount, validationShare, validationSeed }: ValidationOptions,
): ValidationOptions {
  const isOwn = validationCount === undefined && validationShare === undefined;
  return { validationCount: isOwn ? validation : validationCount, validationShare, validationSeed };
}

const defaultCount = (count: number): number => Math.min(5000, Math.round(count / 12));

function slice(set: ImageSet, from: number, to: number): ImageSet {
  const size = set.height * set.width;
  return {
    ...set,
    images: set.images.subarray(from * size, to * size),
    labels: set.labels.subarray(from, to),
    count: to - from,
  };
}

function gather(set: ImageSet, places: Uint32Array): ImageSet {
  const size = set.height * set.width;
  const images = new Uint8Array(places.length * size);
  places.forEach((from, to) => images.set(set.images.subarray(from * size, (from + 1) * size), to * size));
  return {
    ...set,
    images,
    labels: Uint8Array.from(places, (place) => set.labels[place]!),
    count: places.length,
  };
}
