import { pca } from '@ae/viz/projections';

import type { Rows } from './rows.js';

/** A Gaussian as plain numbers: the distance of x is ‖W·(x − mean)‖². */
export interface Gaussian {
  mean: readonly number[];
  /** W, `dimensions` × `dimensions`, row by row: Wᵀ·W is the inverse of the covariance. */
  whitening: readonly number[];
}

/**
 * Fits a Gaussian whose covariance is the given rows', of columns of variance 1, shrunk towards the identity just as much as
 * few rows in many dimensions need (Ledoit & Wolf, "A well-conditioned estimator for large-dimensional covariance matrices",
 * J. Multivariate Analysis 88, 2004); so it has an inverse also where columns depend on each other or there are fewer rows
 * than columns. A column that never moves keeps its unit.
 */
export function fitGaussian(rows: Rows): Gaussian {
  const { count, dimensions } = rows;
  const { values, mean, deviation } = standardised(rows);
  const { components, explainedVariance } = pca({ values, count, dimensions }, dimensions);
  const variances = explainedVariance.map((variance) => (variance * (count - 1)) / count);
  const average = variances.reduce((sum, each) => sum + each, 0) / dimensions || 1;
  const share = shrinkage(values, count, variances, average);
  const whitening = new Array<number>(dimensions * dimensions);
  for (let k = 0; k < dimensions; k++) {
    const root = Math.sqrt(share * average + (1 - share) * variances[k]!);
    for (let d = 0; d < dimensions; d++)
      whitening[k * dimensions + d] = components[k * dimensions + d]! / root / deviation[d]!;
  }
  return { mean: Array.from(mean), whitening };
}

/** The squared Mahalanobis distance of every row, `[count]`. */
export function distances({ mean, whitening }: Gaussian, { values, count, dimensions }: Rows): Float64Array {
  const matrix = Float64Array.from(whitening);
  const away = new Float64Array(dimensions);
  return Float64Array.from({ length: count }, (_, row) => {
    for (let d = 0; d < dimensions; d++) away[d] = values[row * dimensions + d]! - mean[d]!;
    let sum = 0;
    for (let k = 0; k < dimensions; k++) {
      let along = 0;
      for (let d = 0; d < dimensions; d++) along += matrix[k * dimensions + d]! * away[d]!;
      sum += along ** 2;
    }
    return sum;
  });
}

/** Each column less its mean, over its standard deviation; what never moves becomes 0. */
export function standardised({ values, count, dimensions }: Rows) {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < values.length; i++) mean[i % dimensions]! += values[i]! / count;
  const deviation = new Float64Array(dimensions);
  for (let i = 0; i < values.length; i++)
    deviation[i % dimensions]! += (values[i]! - mean[i % dimensions]!) ** 2 / count;
  for (let d = 0; d < dimensions; d++) {
    const root = Math.sqrt(deviation[d]!);
    deviation[d] = root > STILL * Math.abs(mean[d]!) ? root : 1;
  }
  const scaled = values.map((value, i) => (value - mean[i % dimensions]!) / deviation[i % dimensions]!);
  return { values: scaled, mean, deviation };
}

/** Relative to the mean: below it a column's spread is that of sums of equal numbers. */
const STILL = 1e-12;

/** Ledoit & Wolf's b²/d²: how far S is expected to be from the truth, over how far it is from the identity times its average. */
function shrinkage(values: Float32Array, count: number, variances: Float64Array, average: number): number {
  const dimensions = variances.length;
  let fourth = 0;
  for (let start = 0; start < values.length; start += dimensions) {
    let square = 0;
    for (let d = 0; d < dimensions; d++) square += values[start + d]! ** 2;
    fourth += square ** 2;
  }
  const squares = variances.reduce((sum, each) => sum + each ** 2, 0);
  const fromIdentity = squares - dimensions * average ** 2;
  const error = (fourth / count - squares) / count; // Σ‖x·xᵀ − S‖² = Σ‖x‖⁴ − n·‖S‖²
  return fromIdentity > 0 ? Math.max(0, Math.min(1, error / fromIdentity)) : 1;
}
