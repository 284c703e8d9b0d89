import type { Examples } from './examples.js';
import { randomNumbers, shuffle } from './random.js';
import { select, slice } from './select.js';

/** How the training examples are divided. What is left out is as the data set defines it. */
export interface ValidationOptions {
  /** Training examples that are kept for validation. @default 5,000, a twelfth where there are fewer than 60,000 */
  validationCount?: number | undefined;
  /** The same as a share of the training examples, from 0 to below 1. */
  validationShare?: number | undefined;
  /**
   * Draws them at random: the same examples for the same seed on every machine, so that files sorted by label lose nothing. `null` takes
   * the last ones of the file.
   */
  validationSeed?: number | null | undefined;
}

/**
 * Takes examples away for validation: the last ones as a view of what is given, or with a seed some drawn at random, both parts then
 * copies in the order of the set.
 * @param validationCount @default 5,000, a twelfth where there are fewer than 60,000
 * @param validationSeed @default null: the last ones
 * @throws RangeError when that leaves no training examples, or for a seed that is no integer from 0 to 2^53 - 1
 */
export function splitValidation<Some extends Examples>(
  examples: Some,
  validationCount = defaultCount(examples.count),
  validationSeed: number | null = null,
): { train: Some; validation: Some } {
  const { count } = examples;
  if (!Number.isInteger(validationCount) || validationCount < 0 || validationCount >= count) {
    throw new RangeError(
      `Cannot split ${count} training examples: found validationCount ${validationCount}, expected 0 to ${count - 1}`,
    );
  }
  const split = count - validationCount;
  if (validationSeed === null)
    return { train: slice(examples, 0, split), validation: slice(examples, split, count) };
  if (!Number.isSafeInteger(validationSeed) || validationSeed < 0) {
    throw new RangeError(
      `Cannot split ${count} training examples: found validationSeed ${validationSeed}, expected an integer from 0 to 2^53 - 1`,
    );
  }
  const order = shuffle(
    Uint32Array.from({ length: count }, (_, i) => i),
    randomNumbers(validationSeed, 0, 1), // no epoch of the same seed has this stream
  );
  return {
    train: select(examples, order.subarray(0, split).sort()),
    validation: select(examples, order.subarray(split).sort()),
  };
}

/**
 * How many examples the options take.
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

const defaultCount = (count: number): number => Math.min(5000, Math.round(count / 12));
