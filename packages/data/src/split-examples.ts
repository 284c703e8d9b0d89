import { checkExamples } from './check-examples.js';
import { checksumOf } from './checksum.js';
import type { DataSet, Examples } from './examples.js';
import { randomNumbers, shuffle } from './random.js';
import { select, slice } from './select.js';

export interface SplitOptions {
  /** Share of the examples that is for validation, from 0 to below 1. @default 0.1 */
  validation?: number | undefined;
  /** Share of the examples that is for the test, from 0 to below 1; 0 leaves the part out. @default 0.1 */
  test?: number | undefined;
  /** Draws who goes where: the same examples for the same seed on every machine. @default 1 */
  seed?: number | undefined;
  /** `order` takes the first for training, then validation, the last for the test, as series want it. @default 'random' */
  by?: 'random' | 'order' | undefined;
  /** @default 'array' */
  name?: string | undefined;
  /** @default 'arrays in memory' */
  source?: string | undefined;
}

/**
 * Makes a data set of examples: drawn at random, the parts copies in the order of the set, or cut by order, the parts views of it.
 * A share above 0 is one example at least. Split a series before windows are cut out of it: windows that overlap would be on both sides.
 * @throws TypeError for examples whose arrays do not fit their count and shape
 * @throws RangeError for shares that leave no example for training, or a seed that is no integer from 0 to 2^53 - 1
 */
export function splitExamples(examples: Examples, options: SplitOptions = {}): DataSet {
  const { name = 'array', source = 'arrays in memory' } = options;
  const { count } = examples;
  checkExamples(`Cannot split ${count} examples`, examples);
  const { counts, order } = splitPlaces(count, options);
  const part = (from: number, to: number) =>
    order ? select(examples, order.slice(from, to).sort()) : slice(examples, from, to);
  return {
    ...{ name, source },
    checksum: checksumOf([examples]),
    train: part(0, counts.train),
    validation: part(counts.train, count - counts.test),
    ...(counts.test > 0 && { test: part(count - counts.test, count) }),
  };
}

/** How many examples go to each part, and all places in an order of which the first are for training, the last for the test; without one it is their own. */
export function splitPlaces(
  count: number,
  { validation = 0.1, test = 0.1, seed = 1, by = 'random' }: SplitOptions,
): { counts: Record<'train' | 'validation' | 'test', number>; order: Uint32Array | undefined } {
  const cannot = `Cannot split ${count} examples`;
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`${cannot}: found seed ${seed}, expected an integer from 0 to 2^53 - 1`);
  if (by !== 'random' && by !== 'order')
    throw new TypeError(`${cannot}: found by ${JSON.stringify(by)}, expected 'random' or 'order'`);
  const counts = { train: 0, validation: countOf({ validation }), test: countOf({ test }) };
  counts.train = count - counts.validation - counts.test;
  if (counts.train < 1)
    throw new RangeError(
      `${cannot}: found ${counts.validation} for validation and ${counts.test} for the test, expected at least one left for training`,
    );
  return { counts, order: by === 'random' ? shuffledPlaces(count, seed) : undefined };

  function countOf(share: Record<string, number>): number {
    const [[part, value]] = Object.entries(share) as [[string, number]];
    if (!(value >= 0 && value < 1))
      throw new RangeError(`${cannot}: found ${part} ${value}, expected a share from 0 to below 1`);
    return Math.max(value > 0 ? 1 : 0, Math.round(value * count));
  }
}

const shuffledPlaces = (count: number, seed: number) =>
  shuffle(
    Uint32Array.from({ length: count }, (_, i) => i),
    randomNumbers(seed, 0, 2), // neither an epoch nor splitValidation() of the same seed has this stream
  );
