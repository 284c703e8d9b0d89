import { DataError } from '../data-error.js';
import type { Npy } from './npy-values.js';

export interface ArrayLabels {
  /** One list an array that was given. */
  labels: (number[] | undefined)[];
  classes?: readonly string[];
}

/**
 * Labels of arrays with one whole number an example, `[n]` or `[n, 1]`, for all parts at once: the numbers as they are, or, where
 * some are below 0, their places among those there are, from the least to the largest.
 * @throws DataError for arrays of another shape, and for fractions
 */
export function labelsOfArrays(arrays: readonly ({ name: string; array: Npy } | undefined)[]): ArrayLabels {
  const known = new Set<number>();
  for (const each of arrays) {
    if (!each) continue;
    const { name, array } = each;
    const [count, ...rest] = array.shape;
    if (count === undefined || rest.some((side) => side !== 1))
      throw new DataError(
        `Cannot take labels of "${name}": found shape [${array.shape}], expected one label an example, [n] or [n, 1]`,
      );
    for (const label of array.data) known.add(label);
    const wrong = array.data.find((label) => !Number.isSafeInteger(label));
    if (wrong !== undefined || known.size > 65_536)
      throw new DataError(
        `Cannot take labels of "${name}": found ${wrong ?? `${known.size} different ones`}, expected whole numbers, 65,536 of them at most`,
      );
  }
  const sorted = [...known].sort((a, b) => a - b);
  if (sorted.every((label) => label >= 0 && label < 65_536))
    return { labels: arrays.map((each) => each && Array.from(each.array.data)) };
  const places = new Map(sorted.map((label, place) => [label, place]));
  return {
    labels: arrays.map((each) => each && Array.from(each.array.data, (label) => places.get(label)!)),
    classes: sorted.map(String),
  };
}
