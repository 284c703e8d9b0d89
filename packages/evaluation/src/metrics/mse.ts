import { sizeOf, unitOf } from '@ae/data';

import type { Metric } from '../metric.js';

/** The mean over an example's values of (x̂ − x)². */
export const mse: Metric = {
  name: 'mse',
  summary: 'Mean squared error over the values of an example; bytes stand for value/255',
  better: 'lower',
  measure({ values, count, shape }, reconstructed) {
    const size = sizeOf(shape);
    const unit = unitOf(values);
    return Float64Array.from({ length: count }, (_, example) => {
      let sum = 0;
      for (let i = example * size; i < (example + 1) * size; i++)
        sum += (reconstructed[i]! - values[i]! / unit) ** 2;
      return sum / size;
    });
  },
};
