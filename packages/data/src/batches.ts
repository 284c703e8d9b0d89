import { checkExamples } from './check-examples.js';
import type { Examples } from './examples.js';
import { randomNumbers, shuffle } from './random.js';
import { select, slice } from './select.js';

/** A few examples at once, as the trainer takes them. */
export interface ExampleBatch {
  /** `size` × `shape` values; bytes stand for value/255. */
  values: Uint8Array | Float32Array;
  /** Of one example. */
  shape: readonly number[];
  /** Examples in this batch. */
  size: number;
  /** One an example. */
  labels?: Uint8Array | Uint16Array;
}

/** Examples in batches, epoch after epoch, from memory or from elsewhere. */
export interface BatchSource {
  /** Batches per epoch; the last one may be smaller than the others. */
  readonly length: number;
  /** Examples per epoch. */
  readonly count: number;
  /** The batches of epoch `n` from `fromBatch` on, so that an interrupted epoch can go on where it stopped. */
  epoch(n: number, fromBatch?: number): Iterable<ExampleBatch> | AsyncIterable<ExampleBatch>;
}

/** Batches of what lies in memory: nothing has to be waited for. */
export interface MemoryBatchSource extends BatchSource {
  epoch(n: number, fromBatch?: number): Iterable<ExampleBatch>;
}

export interface BatchOptions {
  /** Examples per batch, but for the last one. */
  batchSize: number;
  /** Shuffles: the order is a function of this seed and the epoch alone. @default no shuffling, examples in the order of the set */
  seed?: number | undefined;
}

/**
 * Cuts a set into batches of its kind, bytes or floats. Shuffled batches are copies; batches in order are views of the set and must not be written to.
 * @throws TypeError for values or labels that are no such array, or not as long as count and shape say
 * @throws RangeError for a batch size that is no positive integer, or a seed that is no integer from 0 to 2^53 - 1
 */
export function batches(
  { values, shape, count, labels }: Examples,
  { batchSize, seed }: BatchOptions,
): MemoryBatchSource {
  checkBatchOptions({ batchSize, seed });
  const examples: Examples = { values, shape, count, ...(labels && { labels }) };
  checkExamples('Cannot make batches', examples);
  const length = Math.ceil(count / batchSize);

  return {
    length,
    count,
    epoch(n, fromBatch = 0) {
      checkEpoch(n, fromBatch, length);
      return {
        *[Symbol.iterator]() {
          const order = seed === undefined ? undefined : shuffledOrder(count, seed, n);
          for (let from = fromBatch * batchSize; from < count; from += batchSize) {
            const to = Math.min(from + batchSize, count);
            yield asBatch(order ? select(examples, order.subarray(from, to)) : slice(examples, from, to));
          }
        },
      };
    },
  };
}

/** @throws RangeError for a batch size that is no positive integer, or a seed that is no integer from 0 to 2^53 - 1 */
export function checkBatchOptions({ batchSize, seed }: BatchOptions): void {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new RangeError(
      `Cannot make batches: found batchSize ${batchSize}, expected an integer of at least 1`,
    );
  }
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new RangeError(`Cannot make batches: found seed ${seed}, expected an integer from 0 to 2^53 - 1`);
  }
}

/** @throws RangeError for an epoch that is none, and a batch that it does not have */
export function checkEpoch(n: number, fromBatch: number, length: number): void {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new RangeError(`Cannot begin an epoch: found ${n}, expected an integer of at least 0`);
  }
  if (!Number.isInteger(fromBatch) || fromBatch < 0 || fromBatch > length) {
    throw new RangeError(`Cannot begin epoch ${n}: found fromBatch ${fromBatch}, expected 0 to ${length}`);
  }
}

const asBatch = ({ count: size, ...rest }: Examples): ExampleBatch => ({ ...rest, size });

function shuffledOrder(count: number, seed: number, epoch: number): Uint32Array {
  return shuffle(
    Uint32Array.from({ length: count }, (_, i) => i),
    randomNumbers(seed, epoch),
  );
}
