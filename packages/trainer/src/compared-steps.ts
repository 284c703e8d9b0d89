import type { StepPlace } from './history.js';

/** Steps that are compared one by one before any is replayed: branches that take turns differ within so many. */
const FIRST = 16;

/**
 * Whether the next step is recorded and compared rather than replayed: the first 16, then steps 17, 33, 65, 129, …,
 * and the first of each epoch, each with the one that follows, in which every second step shows its other side.
 * @param count steps since the recording, itself included
 */
export const isCompared = (count: number, { batch }: StepPlace): boolean =>
  count < FIRST || isPowerOfTwo(count) || isPowerOfTwo(count - 1) || batch <= 2;

const isPowerOfTwo = (count: number) => (count & (count - 1)) === 0;
