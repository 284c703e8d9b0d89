import { parkMiller } from './park-miller.js';
import { pca } from './pca.js';
import type { PointSet } from './points.js';

export interface TsneOptions {
  /** Of the small steps that part points which the PCA lays on each other. */
  seed: number;
  /** Effective number of neighbours of a point. @default 30, and no more than a third of the other points */
  perplexity?: number;
  /** @default 600 */
  iterations?: number;
}

/** A t-SNE that is stepped, so that its progress can be seen. */
export interface Tsne {
  readonly iterations: number;
  /** [count, 2], in place from step to step. */
  readonly points: Float64Array;
  step(): void;
}

/** The first steps, in which similarities count this many times, so that clusters can form. Both are the paper's. */
const EXAGGERATION = 12;
const EXAGGERATED_STEPS = 150;
/** The standard deviation of the points at the start, which is the paper's, and the share of it that is random. */
const START = 1e-4;
const JITTER = 0.01;

/**
 * t-distributed stochastic neighbour embedding in the plane, exact, in time and memory quadratic in the number of points (24 bytes a
 * pair): good for a few hundred. It starts from a PCA, as Kobak & Berens, "The art of using t-SNE for single-cell transcriptomics",
 * 2019, advise, and a hundredth of noise, so that equal points and points on a line can part.
 * L. van der Maaten & G. Hinton, "Visualizing data using t-SNE", JMLR 9, 2008.
 * @throws TypeError where values and sizes do not fit together
 * @throws RangeError where there are not two points, or a value is not finite, or an option has no sensible value
 */
export function tsne(points: PointSet, options: TsneOptions): Tsne {
  const { count } = points;
  const { seed, perplexity = 30, iterations = 600 } = options;
  check(count, { seed, perplexity, iterations });
  const places = startOf(points, seed);
  const similarity = similarities(points, Math.min(perplexity, Math.max(2, (count - 1) / 3)));
  const velocity = new Float64Array(2 * count);
  const gains = new Float64Array(2 * count).fill(1);
  const weights = new Float64Array(count * count);
  const rate = Math.max(count / EXAGGERATION, 50); // Belkina et al., "Automated optimized parameters …", 2019
  let done = 0;

  return {
    iterations,
    points: places,
    step() {
      const exaggeration = done < EXAGGERATED_STEPS ? EXAGGERATION : 1;
      const momentum = done < EXAGGERATED_STEPS ? 0.5 : 0.8;
      const gradient = gradientOf(places, similarity, weights, exaggeration);
      for (let i = 0; i < places.length; i++) {
        const agrees = gradient[i]! * velocity[i]! < 0; // still going downhill
        gains[i] = Math.max(0.01, agrees ? gains[i]! + 0.2 : gains[i]! * 0.8);
        velocity[i] = momentum * velocity[i]! - rate * gains[i]! * gradient[i]!;
        places[i]! += velocity[i]!;
      }
      done += 1;
    },
  };
}

function check(count: number, { seed, perplexity, iterations }: Required<TsneOptions>): void {
  if (!(count >= 2))
    throw new RangeError(`Cannot compute t-SNE: found ${count} points, expected at least two`);
  if (!Number.isInteger(seed))
    throw new RangeError(`Cannot compute t-SNE: seed is ${seed}, expected a whole number`);
  if (!(perplexity >= 1))
    throw new RangeError(`Cannot compute t-SNE: perplexity is ${perplexity}, expected a number from 1`);
  if (!Number.isInteger(iterations) || iterations < 1)
    throw new RangeError(`Cannot compute t-SNE: iterations is ${iterations}, expected a whole number from 1`);
}

/** [count, 2]: the two leading principal components, as near to each other as the paper starts, and a little noise. */
function startOf(points: PointSet, seed: number): Float64Array {
  const { count, dimensions } = points;
  const components = Math.min(2, dimensions);
  const projected = pca(points, components).project(points.values);
  const size = Math.sqrt(projected.reduce((sum, value) => sum + value ** 2, 0) / (2 * count)) || 1;
  const next = parkMiller(seed);
  return Float64Array.from({ length: 2 * count }, (_, i) => {
    const axis = i % 2;
    const coordinate = axis < components ? projected[(i >> 1) * components + axis]! / size : 0;
    return START * (coordinate + JITTER * (2 * next() - 1));
  });
}

/** p_ij: joint probabilities of being neighbours, [count, count], symmetric, summing to 1. */
function similarities(set: PointSet, perplexity: number): Float64Array {
  const { count } = set;
  const distances = squaredDistances(set);
  const joint = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    const row = neighbourhood(distances.subarray(i * count, (i + 1) * count), i, perplexity);
    for (let j = 0; j < count; j++) {
      joint[i * count + j]! += row[j]! / (2 * count);
      joint[j * count + i]! += row[j]! / (2 * count);
    }
  }
  return joint;
}

/** p_j|i: a Gaussian around point i, as wide as its entropy is log(perplexity); the width is found by bisection. */
function neighbourhood(distances: Float64Array, i: number, perplexity: number): Float64Array {
  const row = new Float64Array(distances.length);
  const nearest = distances.reduce((least, d, j) => (j === i ? least : Math.min(least, d)), Infinity);
  let [low, high, precision] = [0, Infinity, 1];
  for (let attempt = 0; attempt < 60; attempt++) {
    let [sum, weighted] = [0, 0];
    for (let j = 0; j < row.length; j++) {
      const distance = distances[j]! - nearest; // cancels in the quotient, and keeps the sum above 0
      row[j] = j === i ? 0 : Math.exp(-precision * distance);
      sum += row[j]!;
      weighted += row[j]! * distance;
    }
    const entropy = Math.log(sum) + (precision * weighted) / sum;
    for (let j = 0; j < row.length; j++) row[j]! /= sum;
    if (Math.abs(entropy - Math.log(perplexity)) < 1e-5) break;
    if (entropy > Math.log(perplexity)) low = precision;
    else high = precision;
    precision = high === Infinity ? precision * 2 : (low + high) / 2;
  }
  return row;
}

/** ∂KL(P ‖ Q)/∂y_i = 4 Σ_j (p_ij - q_ij)(y_i - y_j) / (1 + |y_i - y_j|²), the paper's equation 5. */
function gradientOf(
  points: Float64Array,
  similarity: Float64Array,
  weights: Float64Array,
  exaggeration: number,
): Float64Array {
  const count = points.length / 2;
  let total = 0;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [points[2 * i]! - points[2 * j]!, points[2 * i + 1]! - points[2 * j + 1]!];
      const weight = 1 / (1 + dx * dx + dy * dy);
      weights[i * count + j] = weight;
      total += 2 * weight;
    }
  const gradient = new Float64Array(points.length);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const weight = weights[i * count + j]!;
      const pull = 4 * (exaggeration * similarity[i * count + j]! - weight / total) * weight;
      for (let axis = 0; axis < 2; axis++) {
        const force = pull * (points[2 * i + axis]! - points[2 * j + axis]!);
        gradient[2 * i + axis]! += force;
        gradient[2 * j + axis]! -= force;
      }
    }
  return gradient;
}

function squaredDistances({ values, count, dimensions }: PointSet): Float64Array {
  const distances = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++)
        sum += (values[i * dimensions + d]! - values[j * dimensions + d]!) ** 2;
      distances[i * count + j] = distances[j * count + i] = sum;
    }
  return distances;
}
