import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pca } from '../src/index.js';
import { cpuSeconds } from './cpu-seconds.js';

/** Even spread without randomness. */
const values = (length: number, scale = 1) =>
  Float32Array.from({ length }, (_, i) => scale * (((i + 1) * 0.7548776662466927) % 1) - 0.5);

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

  test('refuses what does not fit together', () => {
    expect(() => pca({ values: values(5), count: 2, dimensions: 2 }, 1)).toThrow(TypeError);
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
