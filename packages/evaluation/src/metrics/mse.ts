import { sizeOf, unitOf } from '@ae/data';

import { errorsWhereSeen } from '../errors-where-seen.js';
import type { Metric } from '../metric.js';

/** The mean of (x̂ − x)² over an example's values, but for those that are missing. */
export const mse: Metric = {
  name: 'mse',
  summary: 'Mean squared error over the values of an example; bytes stand for value/255',
  better: 'lower',
  measure({ values, shape }, reconstructed) {
    const unit = unitOf(values);
    return errorsWhereSeen(values, sizeOf(shape), (i) => reconstructed[i]! - values[i]! / unit);
  },
};
