/**
 * The lower triangle L with L·Lᵀ = A, in double precision, row by row; everything above the diagonal is 0. Where a row depends
 * on those before it, as a dimension that never moves does, its pivot and what lies below are 0.
 * @param matrix symmetric without negative eigenvalues, `size` × `size`, row by row
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const diagonal = matrix[column * size + column]!;
    const pivot = diagonal - dotRows(lower, size, column, column, column);
    // What is left of a dependent dimension is rounding: as many roundings as there are terms.
    const root = pivot > size * Number.EPSILON * diagonal ? Math.sqrt(pivot) : 0;
    lower[column * size + column] = root;
    if (root === 0) continue;
    for (let row = column + 1; row < size; row++)
      lower[row * size + column] =
        (matrix[row * size + column]! - dotRows(lower, size, row, column, column)) / root;
  }
  return lower;
}

/** x with L·x = b, in place of b. */
export function solveLower(lower: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  for (let row = 0; row < size; row++) {
    let sum = b[row]!;
    for (let k = 0; k < row; k++) sum -= lower[row * size + k]! * b[k]!;
    b[row] = sum / lower[row * size + row]!;
  }
  return b;
}

/** The product of the first `length` entries of two rows. */
function dotRows(lower: Float64Array, size: number, a: number, b: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += lower[a * size + k]! * lower[b * size + k]!;
  return sum;
}
