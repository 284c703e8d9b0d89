import { describe, expect, test } from '@jest/globals';
import { tsne } from '../src/index.js';
import { parkMiller } from '../src/projections/park-miller.js';

const COUNT = 60;
const DIMENSIONS = 10;

describe('tsne()', () => {
  test('keeps apart what lies apart: every point is nearest to one of its own cluster', () => {
    const points = run(600);
    for (let i = 0; i < COUNT; i++) expect(nearest(points, i) % 3).toBe(i % 3);
  });

  test('gives the same picture for the same points and seed, and another for another seed', () => {
    expect(run(40)).toEqual(run(40));
    expect(run(40, 2)).not.toEqual(run(40));
  });

  test('parts points that a PCA lays on a line or on each other', () => {
    const layout = tsne({ values: Float32Array.of(1, 1, 1, 2, 2, 5), count: 6, dimensions: 1 }, { seed: 1 });
    for (let i = 0; i < layout.iterations; i++) layout.step();
    const { points } = layout;
    expect(points.every(Number.isFinite)).toBe(true);
    expect(new Set(points).size).toBe(12);
    expect(Math.max(...points.filter((_, i) => i % 2 === 1).map(Math.abs))).toBeGreaterThan(1);
  });

  test('refuses what it cannot lay out', () => {
    const points = { values: Float32Array.of(1, 2), count: 2, dimensions: 1 };
    expect(() => tsne({ values: Float32Array.of(1), count: 1, dimensions: 1 }, { seed: 1 })).toThrow(
      new RangeError('Cannot compute t-SNE: found 1 points, expected at least two'),
    );
    expect(() => tsne(points, { seed: 0.5 })).toThrow(/seed is 0.5, expected a whole number/);
    expect(() => tsne(points, { seed: 1, perplexity: 0 })).toThrow(/perplexity is 0/);
    expect(() => tsne(points, { seed: 1, iterations: NaN })).toThrow(/iterations is NaN/);
    expect(() => tsne({ ...points, count: 3 }, { seed: 1 })).toThrow(TypeError);
  });

  test('its gradient is that of KL(P ‖ Q), as finite differences say', () => {
    // One step from rest moves every point by -rate · gain · 12-fold exaggerated gradient; two points feel p = 1/2 each.
    const set = { values: Float32Array.of(0, 1, 3, 7), count: 4, dimensions: 1 };
    const first = tsne(set, { seed: 1, perplexity: 2 });
    const before = Float64Array.from(first.points);
    first.step();
    const movement = first.points.map((value, i) => value - before[i]!);
    const similarity = similarities([0, 1, 3, 7], 2);
    const expected = before.map((_, i) => -divergenceSlope(before, similarity, i));
    const ratio = movement[0]! / expected[0]!;
    expect(ratio).toBeGreaterThan(0);
    movement.forEach((value, i) => expect(value / (ratio * expected[i]!)).toBeCloseTo(1, 3));
  });
});

/** Three clusters of twenty, far apart, dealt in turn. */
function run(steps: number, seed = 1): Float64Array {
  const random = parkMiller(5);
  const values = Float32Array.from(
    { length: COUNT * DIMENSIONS },
    (_, i) => 3 * random() + (i % DIMENSIONS === Math.floor(i / DIMENSIONS) % 3 ? 10 : 0),
  );
  const layout = tsne({ values, count: COUNT, dimensions: DIMENSIONS }, { seed, perplexity: 10 });
  for (let i = 0; i < steps; i++) layout.step();
  return layout.points;
}

function nearest(points: Float64Array, i: number): number {
  const distance = (j: number) =>
    Math.hypot(points[2 * i]! - points[2 * j]!, points[2 * i + 1]! - points[2 * j + 1]!);
  const others = Array.from({ length: COUNT }, (_, j) => j).filter((j) => j !== i);
  return others.reduce((best, j) => (distance(j) < distance(best) ? j : best));
}

/** The joint probabilities by the paper's equation 1, the precision found by trying a fine grid of them. */
function similarities(values: number[], perplexity: number): number[][] {
  const conditional = values.map((_, i) => {
    let best: { row: number[]; miss: number } | undefined;
    for (let precision = 1e-4; precision < 1000; precision *= 1.0005) {
      const raw = values.map((value, j) => (j === i ? 0 : Math.exp(-precision * (value - values[i]!) ** 2)));
      const sum = raw.reduce((a, b) => a + b);
      const row = raw.map((value) => value / sum);
      const entropy = -row.reduce((total, p) => (p > 0 ? total + p * Math.log(p) : total), 0);
      const miss = Math.abs(entropy - Math.log(perplexity));
      if (!best || miss < best.miss) best = { row, miss };
    }
    return best!.row;
  });
  return values.map((_, i) =>
    values.map((_, j) => (conditional[i]![j]! + conditional[j]![i]!) / (2 * values.length)),
  );
}

/** d/dy of KL(12 P ‖ Q) by central differences. */
function divergenceSlope(points: Float64Array, similarity: number[][], at: number): number {
  const step = 1e-6;
  const divergence = (by: number) => {
    const moved = points.map((value, i) => (i === at ? value + by : value));
    const count = similarity.length;
    const weight = (i: number, j: number) =>
      1 / (1 + (moved[2 * i]! - moved[2 * j]!) ** 2 + (moved[2 * i + 1]! - moved[2 * j + 1]!) ** 2);
    let [total, sum] = [0, 0];
    for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) if (i !== j) total += weight(i, j);
    // Of Σ p log(p / q) only what depends on the points; exaggeration multiplies what pulls, not the normalisation.
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) if (i !== j) sum -= 12 * similarity[i]![j]! * Math.log(weight(i, j));
    return sum + Math.log(total);
  };
  return (divergence(step) - divergence(-step)) / (2 * step);
}
