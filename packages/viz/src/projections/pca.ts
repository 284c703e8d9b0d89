import { blockKrylov } from './pca/block-krylov.js';
import { dot } from './pca/orthonormal.js';
import { meanOf, squaredDistance, type PointSet } from './points.js';
import { wholeSpectrum } from './pca/whole-spectrum.js';

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
  project(values: PointSet['values']): Float32Array;
  /**
   * What is lost of points that are rebuilt from their first k coordinates: the squared error, summed over dimensions and averaged
   * over points, for k = 0 … components: [n, dimensions] → [components + 1].
   */
  lossOf(values: PointSet['values']): Float64Array;
}

/** Up to so many directions there is nothing to gain by finding only some of them. */
const FEW = 128;

/**
 * Principal component analysis: the leading eigenvectors of the covariance matrix, in double precision. Where less than an eighth
 * of many directions is asked for, only these are computed (`blockKrylov`, to 1e-6 of the largest variance), otherwise all of them.
 *
 * Of the points themselves, `lossOf` is (totalVariance − Σ explainedVariance) · (count − 1) / count.
 * @throws TypeError where values and sizes do not fit together
 * @throws RangeError where there is no point, a value is not finite, or components are not 1 to `dimensions`
 */
export function pca(points: PointSet, components: number): Pca {
  check(points, components);
  const { values, count, dimensions } = points;
  const mean = meanOf(points);
  const directionsThereAre = Math.min(count, dimensions);
  const find = directionsThereAre > FEW && components < directionsThereAre / 8 ? blockKrylov : wholeSpectrum;
  const { directions, variances } = find(points, mean, components);
  for (let k = 0; k < components; k++) turnPositive(row(directions, k, dimensions));
  return {
    mean,
    components: directions,
    explainedVariance: variances,
    totalVariance: squaredDistance(values, mean) / Math.max(1, count - 1),
    project(others) {
      const n = countOf(others, dimensions);
      const projected = new Float32Array(n * components);
      eachCoordinate(others, mean, directions, (point, k, coordinate) => {
        projected[point * components + k] = coordinate;
      });
      return projected;
    },
    lossOf(others) {
      const n = countOf(others, dimensions);
      const kept = new Float64Array(components);
      eachCoordinate(others, mean, directions, (_, k, coordinate) => {
        kept[k]! += coordinate ** 2 / n;
      });
      const losses = new Float64Array(components + 1);
      losses[0] = squaredDistance(others, mean) / n;
      for (let k = 0; k < components; k++) losses[k + 1] = Math.max(0, losses[k]! - kept[k]!);
      return losses;
    },
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
  const bad = values instanceof Uint8Array ? -1 : values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `Cannot compute PCA: point ${Math.floor(bad / dimensions)} holds ${values[bad]}, expected finite values`,
    );
}

function countOf(values: PointSet['values'], dimensions: number): number {
  if (values.length % dimensions !== 0)
    throw new TypeError(
      `Cannot project onto PCA: found ${values.length} values, expected whole points of ${dimensions} dimensions`,
    );
  return values.length / dimensions;
}

function eachCoordinate(
  values: PointSet['values'],
  mean: Float64Array,
  directions: Float64Array,
  use: (point: number, component: number, coordinate: number) => void,
): void {
  const dimensions = mean.length;
  const rows = Array.from({ length: directions.length / dimensions }, (_, k) =>
    row(directions, k, dimensions),
  );
  const point = new Float64Array(dimensions);
  for (let start = 0; start < values.length; start += dimensions) {
    for (let d = 0; d < dimensions; d++) point[d] = values[start + d]! - mean[d]!;
    rows.forEach((direction, k) => use(start / dimensions, k, dot(point, direction)));
  }
}

/** An eigenvector's sign is arbitrary: we take the one with which the entry of largest size is positive. */
function turnPositive(vector: Float64Array): void {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  if (largest < 0) vector.forEach((value, d) => (vector[d] = -value));
}

const row = (matrix: Float64Array, k: number, length: number): Float64Array =>
  matrix.subarray(k * length, (k + 1) * length);
