import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { parkMiller } from '../park-miller.js';
import { addTo, dot, fillUp, orthonormal, removeFrom } from './orthonormal.js';
import { shiftOf, type PointSet } from '../points.js';
import type { Directions } from './whole-spectrum.js';

/** Vectors that are multiplied in one pass over a point, side by side. */
const SIDE_BY_SIDE = 4;
/** How far C v may be from λ v, relative to the largest λ. */
const TOLERANCE = 1e-6;

/**
 * The leading eigenvectors of the covariance C without ever forming it: from a block of somewhat more vectors than are asked for,
 * Q, CQ, C²Q, … span a space that soon holds them (block Lanczos, every vector kept orthogonal to all others), and there they are
 * found. G. H. Golub & R. Underwood, "The block Lanczos method for computing eigenvalues", 1977.
 */
export function blockKrylov(points: PointSet, mean: Float64Array, components: number): Directions {
  const { dimensions } = points;
  const width = SIDE_BY_SIDE * Math.ceil((components + 2) / SIDE_BY_SIDE);
  const start = timesCovariance(points, mean, startVectors(width, dimensions));
  const least = 1e-11 * Math.sqrt(Math.max(...start.map((vector) => dot(vector, vector))) / dimensions);
  const basis: Float64Array[] = [];
  const projected: Float64Array[] = []; // column j: basisᵀ C basis[j]
  let block = orthonormal(start, { least });
  let ritz = { values: [] as number[], vectors: new Matrix(0, 0) };
  while (block.length > 0) {
    const images = timesCovariance(points, mean, block);
    basis.push(...block);
    for (const image of images) projected.push(removeFrom(image, basis));
    ritz = leadingPairs(projected);
    const next = orthonormal(images, { basis, least });
    const residual = (pair: number) =>
      Math.hypot(
        ...next.map((direction) =>
          images.reduce((sum, image, j) => {
            const weight = ritz.vectors.get(basis.length - block.length + j, pair);
            return sum + weight * dot(direction, image);
          }, 0),
        ),
      );
    const wanted = Math.min(components, basis.length);
    const isFound = (pair: number) => residual(pair) <= TOLERANCE * ritz.values[0]!;
    if (Array.from({ length: wanted }, (_, pair) => pair).every(isFound)) break;
    block = next;
  }
  return combine(basis, ritz, { components, dimensions });
}

/** C v for each vector: Σ (x − mean) ((x − mean) · v) / (count − 1). */
function timesCovariance(
  points: PointSet,
  mean: Float64Array,
  vectors: readonly Float64Array[],
): Float64Array[] {
  const { count, dimensions } = points;
  const shift = shiftOf(points, mean);
  const rest = mean.map((value, d) => value - shift[d]!);
  const groups = Array.from({ length: Math.ceil(vectors.length / SIDE_BY_SIDE) }, (_, group): Four => {
    const four = vectors.slice(group * SIDE_BY_SIDE, (group + 1) * SIDE_BY_SIDE);
    const packed = new Float64Array(dimensions * SIDE_BY_SIDE);
    four.forEach((vector, i) => vector.forEach((value, d) => (packed[d * SIDE_BY_SIDE + i] = value)));
    const offset = Float64Array.from({ length: SIDE_BY_SIDE }, (_, i) => (four[i] ? dot(rest, four[i]) : 0));
    return { packed, offset, sums: new Float64Array(packed.length), total: new Float64Array(SIDE_BY_SIDE) };
  });
  const two = new Float64Array(2 * dimensions);
  for (let index = 0; index < count; index += 2) {
    readTwo(two, points, { index, shift });
    for (const group of groups) addOuter(two, group, index + 1 < count);
  }
  return vectors.map((_, j) => {
    const { sums, total } = groups[Math.floor(j / SIDE_BY_SIDE)]!;
    const i = j % SIDE_BY_SIDE;
    return Float64Array.from(
      { length: dimensions },
      (_, d) => (sums[d * SIDE_BY_SIDE + i]! - rest[d]! * total[i]!) / Math.max(1, count - 1),
    );
  });
}

/** Two points less the shift, side by side: [dimensions, 2]; the second is 0 where there is none. */
function readTwo(
  two: Float64Array,
  { values, count, dimensions }: PointSet,
  { index, shift }: { index: number; shift: Float64Array },
): void {
  const start = index * dimensions;
  const hasSecond = index + 1 < count;
  for (let d = 0; d < dimensions; d++) {
    two[2 * d] = values[start + d]! - shift[d]!;
    two[2 * d + 1] = hasSecond ? values[start + dimensions + d]! - shift[d]! : 0;
  }
}

interface Four {
  /** Four vectors side by side: [dimensions, 4]. */
  packed: Float64Array;
  /** Products with what of the mean was not taken off. */
  offset: Float64Array;
  sums: Float64Array;
  total: Float64Array;
}

/** For four vectors v and two points x: y = x · v − offset; adds x y to the sums and y to the total. Every number that is read serves twice or more. */
function addOuter(two: Float64Array, { packed, offset, sums, total }: Four, hasSecond: boolean): void {
  let [y0, y1, y2, y3] = [-offset[0]!, -offset[1]!, -offset[2]!, -offset[3]!];
  let [z0, z1, z2, z3] = hasSecond ? [y0, y1, y2, y3] : [0, 0, 0, 0];
  for (let d = 0, at = 0; d < two.length; d += 2, at += 4) {
    const [y, z] = [two[d]!, two[d + 1]!];
    const [a, b, c, e] = [packed[at]!, packed[at + 1]!, packed[at + 2]!, packed[at + 3]!];
    y0 += y * a;
    y1 += y * b;
    y2 += y * c;
    y3 += y * e;
    z0 += z * a;
    z1 += z * b;
    z2 += z * c;
    z3 += z * e;
  }
  for (let d = 0, at = 0; d < two.length; d += 2, at += 4) {
    const [y, z] = [two[d]!, two[d + 1]!];
    sums[at]! += y * y0 + z * z0;
    sums[at + 1]! += y * y1 + z * z1;
    sums[at + 2]! += y * y2 + z * z2;
    sums[at + 3]! += y * y3 + z * z3;
  }
  total[0]! += y0 + z0;
  total[1]! += y1 + z1;
  total[2]! += y2 + z2;
  total[3]! += y3 + z3;
}

function leadingPairs(projected: readonly Float64Array[]) {
  const size = projected.length;
  const matrix = new Matrix(size, size);
  projected.forEach((column, j) =>
    column.forEach((value, i) => {
      matrix.set(i, j, value);
      matrix.set(j, i, value);
    }),
  );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    values: order.map((i) => realEigenvalues[i]!),
    vectors: eigenvectorMatrix.subMatrixColumn(order),
  };
}

function combine(
  basis: readonly Float64Array[],
  ritz: { values: readonly number[]; vectors: Matrix },
  { components, dimensions }: { components: number; dimensions: number },
): Directions {
  const found = Array.from({ length: Math.min(components, basis.length) }, (_, k) => {
    const direction = new Float64Array(dimensions);
    basis.forEach((vector, i) => addTo(direction, ritz.vectors.get(i, k), vector));
    return direction;
  });
  const directions = new Float64Array(components * dimensions);
  fillUp(found, components, dimensions).forEach((vector, k) => directions.set(vector, k * dimensions));
  const variances = Float64Array.from({ length: components }, (_, k) => Math.max(0, ritz.values[k] ?? 0));
  return { directions, variances };
}

/** Numbers of −1 to 1 without a pattern, the same every time. */
function startVectors(count: number, dimensions: number): Float64Array[] {
  const next = parkMiller(0);
  return Array.from({ length: count }, () => Float64Array.from({ length: dimensions }, () => 2 * next() - 1));
}
