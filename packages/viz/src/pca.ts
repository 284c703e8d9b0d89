import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Points, one after the other. */
export interface PointSet {
  /** count · dimensions numbers. */
  values: Float32Array;
  count: number;
  dimensions: number;
}

/** The directions of largest variance. */
export interface Pca {
  /** [dimensions] */
  mean: Float64Array;
  /** [components, dimensions], rows of length one at right angles, largest variance first; the largest entry of each is positive. */
  components: Float64Array;
  /** [components], the variance along each (divided by count − 1). */
  explainedVariance: Float64Array;
  /** The variance in all dimensions together. */
  totalVariance: number;
  /** Coordinates along the components: [n, dimensions] → [n, components]. */
  project(values: Float32Array): Float32Array;
}

/**
 * Principal component analysis: the eigenvectors of the covariance matrix, in double precision.
 * The squared error of the best linear reconstruction, summed over dimensions and averaged over points, is
 * (totalVariance − Σ explainedVariance) · (count − 1) / count.
 * @throws TypeError where values and sizes do not fit together
 * @throws RangeError where there is no point, a value is not finite, or components are not 1 to `dimensions`
 */
export function pca(points: PointSet, components: number): Pca {
  check(points, components);
  const { count, dimensions } = points;
  const mean = meanOf(points);
  const covariance = covarianceOf(points, mean);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });

  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const directions = new Float64Array(components * dimensions);
  for (let k = 0; k < components; k++)
    directions.set(turnedPositive(eigenvectorMatrix.getColumn(order[k]!)), k * dimensions);
  return {
    mean,
    components: directions,
    explainedVariance: Float64Array.from({ length: components }, (_, k) =>
      count === 1 ? 0 : Math.max(0, realEigenvalues[order[k]!]!),
    ),
    totalVariance: covariance.trace(),
    project: (values) => project(values, mean, directions),
  };
}

function check({ values, count, dimensions }: PointSet, components: number): void {
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(dimensions) || dimensions < 1)
    throw new RangeError(
      `Cannot compute PCA: found ${count} points of ${dimensions} dimensions, expected at least one of each`,
    );
  if (values.length !== count * dimensions)
    throw new TypeError(
      `Cannot compute PCA: found ${values.length} values, expected ${count * dimensions} for ${count} points of ${dimensions} dimensions`,
    );
  if (!Number.isInteger(components) || components < 1 || components > dimensions)
    throw new RangeError(`Cannot compute PCA: components is ${components}, expected 1 to ${dimensions}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `Cannot compute PCA: point ${Math.floor(bad / dimensions)} holds ${values[bad]}, expected finite values`,
    );
}

function meanOf({ values, count, dimensions }: PointSet): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < values.length; i++) mean[i % dimensions]! += values[i]! / count;
  return mean;
}

/** Σ (x − mean)(x − mean)ᵀ / (count − 1), a few hundred points at a time so that they stay in the processor's cache. */
function covarianceOf({ values, count, dimensions }: PointSet, mean: Float64Array): Matrix {
  const sums = new Float64Array(dimensions * dimensions);
  const length = 128;
  const chunk = new Float64Array(dimensions * length); // [dimensions, length]
  for (let start = 0; start < count; start += length) {
    for (let i = 0; i < length; i++)
      for (let d = 0; d < dimensions; d++)
        chunk[d * length + i] = start + i < count ? values[(start + i) * dimensions + d]! - mean[d]! : 0;
    for (let row = 0; row < dimensions; row++)
      for (let column = 0; column <= row; column++)
        sums[row * dimensions + column]! += dot(chunk, row * length, column * length, length);
  }
  for (let row = 0; row < dimensions; row++)
    for (let column = 0; column <= row; column++) {
      sums[row * dimensions + column]! /= Math.max(1, count - 1);
      sums[column * dimensions + row] = sums[row * dimensions + column]!;
    }
  return Matrix.from1DArray(dimensions, dimensions, sums as unknown as number[]);
}

/** Four sums side by side, so that no addition waits for the one before; `length` is a multiple of four. */
function dot(values: Float64Array, a: number, b: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0; i < length; i += 4) {
    s0 += values[a + i]! * values[b + i]!;
    s1 += values[a + i + 1]! * values[b + i + 1]!;
    s2 += values[a + i + 2]! * values[b + i + 2]!;
    s3 += values[a + i + 3]! * values[b + i + 3]!;
  }
  return s0 + s1 + (s2 + s3);
}

/** An eigenvector's sign is arbitrary: we take the one with which the entry of largest size is positive. */
function turnedPositive(vector: number[]): number[] {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}

function project(values: Float32Array, mean: Float64Array, directions: Float64Array): Float32Array {
  const dimensions = mean.length;
  if (values.length % dimensions !== 0)
    throw new TypeError(
      `Cannot project onto PCA: found ${values.length} values, expected whole points of ${dimensions} dimensions`,
    );
  const [count, components] = [values.length / dimensions, directions.length / dimensions];
  const projected = new Float32Array(count * components);
  for (let i = 0; i < count; i++)
    for (let k = 0; k < components; k++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++)
        sum += (values[i * dimensions + d]! - mean[d]!) * directions[k * dimensions + d]!;
      projected[i * components + k] = sum;
    }
  return projected;
}
