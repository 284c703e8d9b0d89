import { describe, expect, test } from '@jest/globals';

import { tsne } from '../../src/demos/embedding/tsne.js';
import { seededRandom } from '../../src/demos/seeded-random.js';

const COUNT = 60;
const DIMENSIONS = 10;

describe('tsne()', () => {
  test('keeps apart what lies apart: every point is nearest to one of its own cluster', () => {
    const points = run(300);
    for (let i = 0; i < COUNT; i++) expect(nearest(points, i) % 3).toBe(i % 3);
  });

  test('gives the same picture for the same codes', () => {
    expect(run(40)).toEqual(run(40));
  });

  test('its gradient is that of KL(P ‖ Q), as finite differences say', () => {
    // One step from rest moves every point by -rate · gain · 12-fold exaggerated gradient; two points feel p = 1/2 each.
    const set = { values: Float32Array.of(0, 1, 3, 7), count: 4, dimensions: 1 };
    const start = Float32Array.of(0, 0, 1, 0, 0, 1, -1, -1);
    const first = tsne(set, start, { perplexity: 2 });
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

/** Three clusters of twenty, ten standard deviations apart, dealt in turn. */
function run(steps: number): Float64Array {
  const random = seededRandom(1);
  const values = Float32Array.from(
    { length: COUNT * DIMENSIONS },
    (_, i) => random.normal() + (i % DIMENSIONS === Math.floor(i / DIMENSIONS) % 3 ? 10 : 0),
  );
  const start = Float32Array.from({ length: 2 * COUNT }, () => random.normal());
  const layout = tsne({ values, count: COUNT, dimensions: DIMENSIONS }, start, { perplexity: 10 });
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
