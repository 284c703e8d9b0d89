import { describe, expect, test } from '@jest/globals';

import { cholesky, solveLower } from '../src/cholesky.js';

/** What no linear algebra computed: [[4, 2], [2, 5]] = [[2, 0], [1, 2]] · [[2, 1], [0, 2]]. */
const A = Float64Array.of(4, 2, 2, 5);

describe('cholesky()', () => {
  test('gives the lower triangle that a matrix is the product of', () => {
    expect([...cholesky(A, 2)]).toEqual([2, 0, 1, 2]);
  });

  test("has Pascal's triangle for Pascal's symmetric matrix, whose determinant is 1", () => {
    const pascal = Float64Array.of(1, 1, 1, 1, 1, 2, 3, 4, 1, 3, 6, 10, 1, 4, 10, 20);
    expect([...cholesky(pascal, 4)]).toEqual([1, 0, 0, 0, 1, 1, 0, 0, 1, 2, 1, 0, 1, 3, 3, 1]);
  });

  test('multiplies back to 15 digits where the matrix is nearly singular', () => {
    const size = 6; // Hilbert's, of condition 1.5e7
    const hilbert = Float64Array.from(
      { length: size * size },
      (_, i) => 1 / (Math.floor(i / size) + (i % size) + 1),
    );
    const lower = cholesky(hilbert, size);
    hilbert.forEach((entry, i) => {
      const [row, column] = [Math.floor(i / size), i % size];
      const product = Array.from(
        { length: size },
        (_, k) => lower[row * size + k]! * lower[column * size + k]!,
      ).reduce((sum, x) => sum + x, 0);
      expect(Math.abs(product - entry)).toBeLessThan(1e-15);
    });
  });

  test('leaves out a dimension that never moves, and one that is a multiple of another', () => {
    expect([...cholesky(Float64Array.of(4, 0, 6, 0, 0, 0, 6, 0, 9), 3)]).toEqual([2, 0, 0, 0, 0, 0, 3, 0, 0]);
  });

  test('takes what rounding leaves of a dependent dimension for nothing', () => {
    for (let seed = 1; seed < 50; seed++) {
      const v = Float64Array.from({ length: 4 }, (_, i) => Math.sin(seed * (i + 1)) / 3); // one direction alone
      const lower = cholesky(
        Float64Array.from({ length: 16 }, (_, i) => v[Math.floor(i / 4)]! * v[i % 4]!),
        4,
      );
      expect([1, 2, 3].map((i) => lower[i * 4 + i])).toEqual([0, 0, 0]);
    }
  });
});

test('solveLower() undoes the product with a lower triangle', () => {
  expect([...solveLower(cholesky(A, 2), Float64Array.of(6, 13))]).toEqual([3, 5]);
});
