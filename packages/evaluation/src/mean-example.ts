import { unitOf, type Examples } from '@ae/data';

import { errorsWhereSeen } from './errors-where-seen.js';

/**
 * What the least of all models reaches: the squared error a value where every test example is answered with the mean
 * training example, in units of the full range for bytes; what is missing has none.
 */
export function errorOfMean(
  train: Pick<Examples, 'values' | 'count'>,
  test: Pick<Examples, 'values'>,
): number {
  const mean = meanExample(train);
  const errors = errorsWhereSeen(test.values, mean.length, (i) => test.values[i]! - mean[i % mean.length]!);
  return errors.reduce((sum, error) => sum + error, 0) / errors.length / unitOf(test.values) ** 2;
}

/** The mean of each value over the examples that have it, 0 where none has; bytes as they are. */
export function meanExample({ values, count }: Pick<Examples, 'values' | 'count'>): Float64Array {
  const mean = new Float64Array(values.length / count);
  const seen = new Float64Array(mean.length);
  for (let start = 0; start < values.length; start += mean.length)
    for (let i = 0; i < mean.length; i++) {
      const value = values[start + i]!;
      if (Number.isNaN(value)) continue;
      mean[i]! += value;
      seen[i]! += 1;
    }
  return mean.map((sum, i) => sum / Math.max(1, seen[i]!));
}
