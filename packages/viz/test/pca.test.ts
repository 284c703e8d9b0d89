import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { pca } from '../src/index.js';
import { cpuSeconds } from './cpu-seconds.js';

/** Even spread without randomness. */
const values = (length: number, scale = 1) =>
  Float32Array.from({ length }, (_, i) => scale * (((i + 1) * 0.7548776662466927) % 1) - 0.5);

/** Waves of falling size, and a little of everything. */
const waves = (count: number, dimensions: number) =>
  Float32Array.from({ length: count * dimensions }, (_, i) => {
    const [point, d] = [Math.floor(i / dimensions), i % dimensions];
    let sum = 0.3;
    for (let wave = 1; wave <= 12; wave++)
      sum += (Math.sin(wave * wave * (point + 1)) * Math.cos(wave * d * 0.07)) / wave ** 1.5;
    return sum + 0.02 * Math.sin(i * i);
  });

/** Every eigenvector of the covariance matrix. */
function byTheBook({
  values,
  count,
  dimensions,
}: {
  values: Float32Array;
  count: number;
  dimensions: number;
}) {
  const rows = Matrix.from1DArray(count, dimensions, [...values]);
  const centred = rows.subRowVector(rows.mean('column'));
  const covariance = centred
    .transpose()
    .mmul(centred)
    .div(count - 1);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).reverse();
  return { values: order.map((i) => realEigenvalues[i]!), vectors: eigenvectorMatrix.subMatrixColumn(order) };
}

/** The largest product of two rows, or how far a length is from one. */
function worstAngle(rows: Float64Array, dimensions: number): number {
  const count = rows.length / dimensions;
  const row = (k: number) => rows.subarray(k * dimensions, (k + 1) * dimensions);
  let worst = 0;
  for (let k = 0; k < count; k++)
    for (let l = 0; l <= k; l++) {
      const product = row(k).reduce((sum, value, d) => sum + value * row(l)[d]!, 0);
      worst = Math.max(worst, Math.abs(product - (k === l ? 1 : 0)));
    }
  return worst;
}

describe('pca()', () => {
  test('finds the line that points lie on: y = 2x', () => {
    const { mean, components, explainedVariance, totalVariance } = pca(
      { values: Float32Array.of(-1, -2, 0, 0, 1, 2), count: 3, dimensions: 2 },
      2,
    );
    expect([...mean]).toEqual([0, 0]);
    expect(components[0]).toBeCloseTo(1 / Math.sqrt(5), 12);
    expect(components[1]).toBeCloseTo(2 / Math.sqrt(5), 12);
    expect(explainedVariance[0]).toBeCloseTo(5, 12); // (1 + 4 + 1 + 4) / 2
    expect(explainedVariance[1]).toBeCloseTo(0, 12);
    expect(totalVariance).toBeCloseTo(5, 12);
  });

  test('agrees with the closed form of a 2x2 covariance matrix', () => {
    const points = Float32Array.of(2, 1, 0, 3, -1, 0.5, 4, 4);
    // Sxx = 59/12, Sxy = 37/12... computed here from the definition, eigenvalues from trace and determinant.
    const [xs, ys] = [0, 1].map((axis) => [0, 1, 2, 3].map((i) => points[2 * i + axis]!));
    const centre = (v: number[]) => v.map((x) => x - v.reduce((a, b) => a + b) / 4);
    const [cx, cy] = [centre(xs!), centre(ys!)];
    const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0) / 3;
    const [a, b, c] = [dot(cx, cx), dot(cx, cy), dot(cy, cy)];
    const root = Math.sqrt(((a - c) / 2) ** 2 + b * b);
    const { explainedVariance } = pca({ values: points, count: 4, dimensions: 2 }, 2);
    expect(explainedVariance[0]).toBeCloseTo((a + c) / 2 + root, 12);
    expect(explainedVariance[1]).toBeCloseTo((a + c) / 2 - root, 12);
  });

  test('gives the axes back where the coordinates are uncorrelated', () => {
    const signs = [1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1];
    const points = Float32Array.from(signs, (sign, i) => sign * [1, 3, 2][i % 3]!);
    const { components, explainedVariance } = pca({ values: points, count: 4, dimensions: 3 }, 3);
    expect([...components].map(Math.round)).toEqual([0, 1, 0, 0, 0, 1, 1, 0, 0]);
    expect([...explainedVariance].map((variance) => Number(variance.toFixed(9)))).toEqual([
      12, 5.333333333, 1.333333333,
    ]);
  });

  test('has components of length one at right angles, and variances that add up to the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), (count, dimensions) => {
        const points = values(count * dimensions);
        const result = pca({ values: points, count, dimensions }, dimensions);
        const row = (k: number) => result.components.subarray(k * dimensions, (k + 1) * dimensions);
        for (let k = 0; k < dimensions; k++)
          for (let l = 0; l <= k; l++)
            expect(row(k).reduce((sum, value, d) => sum + value * row(l)[d]!, 0)).toBeCloseTo(
              k === l ? 1 : 0,
              9,
            );
        expect(result.explainedVariance.reduce((a, b) => a + b)).toBeCloseTo(result.totalVariance, 9);
        const sorted = [...result.explainedVariance].sort((a, b) => b - a);
        expect([...result.explainedVariance]).toEqual(sorted);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  test('projects to coordinates with the explained variances, from which the points are rebuilt', () => {
    const [count, dimensions] = [200, 5];
    const points = values(count * dimensions);
    const { mean, components, explainedVariance, project } = pca(
      { values: points, count, dimensions },
      dimensions,
    );
    const projected = project(points);
    for (let k = 0; k < dimensions; k++) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += projected[i * dimensions + k]! ** 2;
      expect(sum / (count - 1)).toBeCloseTo(explainedVariance[k]!, 6);
    }
    for (let d = 0; d < dimensions; d++) {
      let rebuilt = mean[d]!;
      for (let k = 0; k < dimensions; k++) rebuilt += projected[k]! * components[k * dimensions + d]!;
      expect(rebuilt).toBeCloseTo(points[d]!, 6);
    }
  });

  test('loses exactly the variance that it does not explain', () => {
    const [count, dimensions] = [300, 6];
    const points = values(count * dimensions);
    const { mean, components, explainedVariance, totalVariance, project } = pca(
      { values: points, count, dimensions },
      2,
    );
    const projected = project(points);
    let error = 0;
    for (let i = 0; i < count; i++)
      for (let d = 0; d < dimensions; d++) {
        let rebuilt = mean[d]!;
        for (let k = 0; k < 2; k++) rebuilt += projected[2 * i + k]! * components[k * dimensions + d]!;
        error += (points[i * dimensions + d]! - rebuilt) ** 2;
      }
    const unexplained = totalVariance - explainedVariance[0]! - explainedVariance[1]!;
    expect(error / count).toBeCloseTo((unexplained * (count - 1)) / count, 5);
  });

  test('has no variance for a single point or equal points', () => {
    const one = pca({ values: Float32Array.of(3, 4), count: 1, dimensions: 2 }, 2);
    expect([...one.explainedVariance, one.totalVariance]).toEqual([0, 0, 0]);
    const equal = pca({ values: new Float32Array(12).fill(0.1), count: 4, dimensions: 3 }, 2);
    expect(equal.totalVariance).toBeLessThan(1e-20);
  });

  test('takes 10,000 points of 256 dimensions in about a second', () => {
    const points = { values: values(10_000 * 256), count: 10_000, dimensions: 256 };
    expect(cpuSeconds(() => pca(points, 2))).toBeLessThan(3); // 0.7 s on a quiet machine
  });

  describe.each([
    ['a few of many directions', 400, 150, 3],
    ['many of them', 400, 150, 60],
    ['a few, with fewer points than dimensions', 140, 600, 4],
    ['many, with fewer points than dimensions', 60, 300, 40],
  ])('asked for %s (%i points of %i dimensions, %i components)', (_, count, dimensions, components) => {
    const points = { values: waves(count, dimensions), count, dimensions };

    test('finds the eigenvectors of the covariance matrix that ml-matrix finds', () => {
      const { components: found, explainedVariance, totalVariance } = pca(points, components);
      const book = byTheBook(points);
      for (let k = 0; k < components; k++) {
        expect(explainedVariance[k]! / book.values[0]!).toBeCloseTo(book.values[k]! / book.values[0]!, 9);
        if (book.values[k]! < 1e-5 * book.values[0]!) continue; // neighbours too close to tell apart
        const row = found.subarray(k * dimensions, (k + 1) * dimensions);
        expect(Math.abs(row.reduce((sum, value, d) => sum + value * book.vectors.get(d, k), 0))).toBeCloseTo(
          1,
          6,
        );
      }
      expect(totalVariance / book.values.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    });

    test('gives directions of length one at right angles, the same ones every time', () => {
      const { components: found } = pca(points, components);
      expect(worstAngle(found, dimensions)).toBeLessThan(1e-9);
      expect(pca(points, components).components).toEqual(found);
    });

    test('loses what it does not explain, and less with every component', () => {
      const { lossOf, explainedVariance, totalVariance } = pca(points, components);
      const losses = lossOf(points.values);
      let left = totalVariance;
      for (let k = 0; k <= components; k++) {
        expect(losses[k]! / losses[0]!).toBeCloseTo((left * (count - 1)) / count / losses[0]!, 9);
        left -= explainedVariance[k] ?? 0;
      }
    });
  });

  test('finds directions of equal variance all the same', () => {
    const [count, dimensions] = [2000, 200];
    const values = new Float32Array(count * dimensions);
    for (let i = 0; i < count; i++) values[i * dimensions + (i % 8)] = i % 16 < 8 ? 1 : -1; // eight equal axes, 192 of nothing
    const { explainedVariance, components } = pca({ values, count, dimensions }, 8);
    for (const variance of explainedVariance) expect(variance).toBeCloseTo(250 / 1999, 9);
    for (let k = 0; k < 8; k++)
      for (let d = 8; d < dimensions; d++)
        expect(Math.abs(components[k * dimensions + d]!)).toBeLessThan(1e-6);
  });

  test.each([
    ['few of many are asked for', 300, 260, 20],
    ['all are asked for', 30, 12, 12],
    ['more than there are points are asked for', 5, 40, 20],
  ])('completes the directions where the points span only two (%s)', (_, count, dimensions, components) => {
    const values = new Float32Array(count * dimensions);
    for (let i = 0; i < count; i++)
      for (let d = 2; d < dimensions; d++)
        // two coordinates are constant
        values[i * dimensions + d] = 3 + Math.sin(i) * Math.cos(d) + 0.2 * Math.cos(7 * i) * Math.sin(3 * d);
    const {
      components: found,
      explainedVariance,
      totalVariance,
      lossOf,
    } = pca({ values, count, dimensions }, components);
    expect(worstAngle(found, dimensions)).toBeLessThan(1e-9);
    expect((explainedVariance[0]! + explainedVariance[1]!) / totalVariance).toBeCloseTo(1, 9);
    for (const variance of explainedVariance.subarray(2)) expect(variance / totalVariance).toBeCloseTo(0, 9);
    expect(lossOf(values)[2]! / totalVariance).toBeCloseTo(0, 9);
  });

  test('takes bytes as they are', () => {
    const [count, dimensions] = [300, 200];
    const bytes = Uint8Array.from(waves(count, dimensions), (value) => Math.max(0, 100 * value));
    for (const components of [2, 100]) {
      const one = pca({ values: bytes, count, dimensions }, components);
      const other = pca({ values: Float32Array.from(bytes), count, dimensions }, components);
      one.explainedVariance.forEach((variance, k) =>
        expect(variance / one.totalVariance).toBeCloseTo(other.explainedVariance[k]! / one.totalVariance, 9),
      );
      expect(one.totalVariance / other.totalVariance).toBeCloseTo(1, 12);
    }
  });

  test('finds a small spread about a distant mean', () => {
    const [count, dimensions] = [500, 140];
    const values = Float32Array.from({ length: count * dimensions }, (_, i) =>
      i % dimensions === 5 ? 10_000 + Math.sin(i) : 10_000,
    );
    const { explainedVariance, components } = pca({ values, count, dimensions }, 1);
    expect(components[5]).toBeCloseTo(1, 9);
    expect(explainedVariance[0]).toBeCloseTo(0.5, 1);
  });

  test('takes two components of 1,000 colour pictures of 64x64 in seconds', () => {
    const [count, dimensions] = [1000, 12_288];
    const waves = Float64Array.from({ length: 5000 }, (_, i) => 100 * (1 + Math.sin(i / 60)));
    const bytes = Uint8Array.from({ length: count * dimensions }, (_, i) => {
      const [point, pixel] = [Math.floor(i / dimensions), i % dimensions];
      return waves[(37 * point + pixel) % 5000]! + ((i * 7) % 50);
    });
    const points = { values: bytes, count, dimensions };
    expect(cpuSeconds(() => pca(points, 2))).toBeLessThan(10); // 1 s on a quiet machine; a covariance alone takes two minutes
  });

  test('refuses what does not fit together', () => {
    for (const found of [3, 5])
      expect(() => pca({ values: values(found), count: 2, dimensions: 2 }, 1)).toThrow(
        new TypeError(`Cannot compute PCA: found ${found} values, expected 4 for 2 points of 2 dimensions`),
      );
    expect(() => pca({ values: values(0), count: 0, dimensions: 2 }, 1)).toThrow(/found 0 points/);
    expect(() => pca({ values: values(4), count: 2, dimensions: 2 }, 3)).toThrow(
      'Cannot compute PCA: components is 3, expected 1 to 2',
    );
    expect(() => pca({ values: Float32Array.of(1, 2, 3, NaN), count: 2, dimensions: 2 }, 1)).toThrow(
      'Cannot compute PCA: point 1 holds NaN, expected finite values',
    );
    expect(() => pca({ values: values(4), count: 2, dimensions: 2 }, 1).project(values(3))).toThrow(
      TypeError,
    );
  });
});
