import { pca } from '@ae/viz/projections';

import { errorsWhereSeen } from './errors-where-seen.js';
import { meanExample } from './mean-example.js';

/**
 * A PCA's error a value, for each of several numbers of components, where values are missing: the mean of the training
 * column stands for them, and their own errors are left out.
 * @param train rows of so many `values`
 * @param most the largest number of components that is below that of the values
 */
export function lossesWithGaps(
  train: { values: Float32Array; count: number },
  test: Float32Array,
  { values, most, counts }: { values: number; most: number; counts: readonly number[] },
): number[] {
  const means = meanExample(train);
  const fill = (rows: Float32Array) => rows.map((x, i) => (Number.isNaN(x) ? means[i % values]! : x));
  const { mean, components, project } = pca(
    { values: fill(train.values), count: train.count, dimensions: values },
    most,
  );
  const along = project(fill(test));
  const drawn = (place: number, count: number) => {
    const [row, column] = [Math.floor(place / values), place % values];
    let value = mean[column]!;
    for (let k = 0; k < count; k++) value += along[row * most + k]! * components[k * values + column]!;
    return value;
  };
  return counts.map((count) => {
    if (count === values) return 0;
    const errors = errorsWhereSeen(test, values, (place) => test[place]! - drawn(place, count));
    return errors.reduce((sum, error) => sum + error, 0) / errors.length;
  });
}
