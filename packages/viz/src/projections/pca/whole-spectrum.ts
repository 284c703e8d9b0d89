import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { addTo, dot, fillUp, orthonormal } from './orthonormal.js';
import { eachPoint, shiftOf, type PointSet } from '../points.js';

/** Orthonormal rows, [components, dimensions], and the variance along each. */
export interface Directions {
  directions: Float64Array;
  variances: Float64Array;
}

/**
 * The leading of all eigenvectors: of the covariance or, where there are fewer points than dimensions, of the points' inner products
 * (XXᵀu = λu gives XᵀX(Xᵀu) = λ(Xᵀu)).
 */
export function wholeSpectrum(points: PointSet, mean: Float64Array, components: number): Directions {
  const { count, dimensions } = points;
  const found = count < dimensions ? ofInnerProducts(points, mean, components) : ofCovariance(points, mean);
  const filled = fillUp(found.vectors.slice(0, components), components, dimensions);
  const directions = new Float64Array(components * dimensions);
  filled.forEach((vector, k) => directions.set(vector, k * dimensions));
  const variances = Float64Array.from({ length: components }, (_, k) => Math.max(0, found.values[k] ?? 0));
  return { directions, variances };
}

/** The root of the rounding errors of an eigenvalue: how long an image is, relative to the longest, that should have no length. */
const ROUNDING = 1e-7;

/** Vectors of the largest eigenvalues first. */
interface Spectrum {
  vectors: Float64Array[];
  values: number[];
}

function ofCovariance(points: PointSet, mean: Float64Array): Spectrum {
  const { count, dimensions } = points;
  const shift = shiftOf(points, mean);
  const sums = new Float64Array(dimensions * dimensions);
  eachPoint(points, shift, (point, places, lit) => {
    for (let a = 0; a < lit; a++) {
      const value = point[places[a]!]!;
      const start = places[a]! * dimensions;
      for (let b = a; b < lit; b++) sums[start + places[b]!]! += value * point[places[b]!]!;
    }
  });
  const rest = mean.map((value, d) => value - shift[d]!);
  const covariance = (i: number, j: number) =>
    (sums[Math.min(i, j) * dimensions + Math.max(i, j)]! - count * rest[i]! * rest[j]!) /
    Math.max(1, count - 1);
  return decompose(dimensions, covariance);
}

function ofInnerProducts(points: PointSet, mean: Float64Array, components: number): Spectrum {
  const { count, dimensions } = points;
  const rows: Float64Array[] = [];
  eachPoint(points, mean, (point) => rows.push(Float64Array.from(point)));
  const { vectors, values } = decompose(count, (i, j) => dot(rows[i]!, rows[j]!) / Math.max(1, count - 1));
  const images = vectors.slice(0, components).map((weights) => {
    const image = new Float64Array(dimensions);
    rows.forEach((row, i) => addTo(image, weights[i]!, row));
    return image;
  });
  const longest = Math.sqrt(dot(images[0]!, images[0]!));
  return { vectors: orthonormal(images, { least: ROUNDING * longest }), values };
}

function decompose(size: number, entry: (i: number, j: number) => number): Spectrum {
  const matrix = new Matrix(size, size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const value = entry(i, j);
      matrix.set(i, j, value);
      matrix.set(j, i, value);
    }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    vectors: order.map((k) => Float64Array.from(eigenvectorMatrix.getColumn(k))),
    values: order.map((k) => realEigenvalues[k]!),
  };
}
