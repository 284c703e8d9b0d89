import * as tf from '@tensorflow/tfjs';

import type { Codes } from '../apply.js';
import { cholesky, solveLower } from '../cholesky.js';
import { notInThePlane } from '../code.js';
import { defineSampler } from '../define-sampler.js';

export const gaussian = defineSampler({
  name: 'gaussian',
  summary: 'One Gaussian with the mean and the full covariance of the training codes, its maximum likelihood',
  defaults: {},
  refuses: notInThePlane,
  fit(codes) {
    const { dimensions } = codes;
    const mean = meanOf(codes);
    const factor = cholesky(covarianceOf(codes, mean), dimensions);
    return {
      mean: { shape: [dimensions], data: mean },
      factor: { shape: [dimensions, dimensions], data: factor },
    };
  },
  from({ mean, factor }) {
    const means = Float64Array.from(mean!.data);
    const lower = Float64Array.from(factor!.data);
    const floats = { mean: Float32Array.from(means), factor: Float32Array.from(lower) };
    const size = means.length;
    return {
      // z = μ + L·ε has the covariance L·Lᵀ.
      sample: (count, random) =>
        tf.tidy(() => {
          const noise = random.normal([count, size]) as tf.Tensor2D;
          return tf.add(
            tf.matMul(noise, tf.tensor2d(floats.factor, [size, size]), false, true),
            tf.tensor1d(floats.mean),
          );
        }),
      logDensity(codes) {
        const pivots = Float64Array.from({ length: size }, (_, i) => lower[i * size + i]!);
        const flat = pivots.indexOf(0);
        if (flat >= 0)
          throw new RangeError(
            `Cannot measure a density: found that dimension ${flat} of the codes is a function of those before it, expected codes that fill their space; make the code smaller`,
          );
        const constant = pivots.reduce(
          (sum, pivot) => sum - Math.log(pivot),
          (-size / 2) * Math.log(2 * Math.PI),
        );
        return Float64Array.from({ length: codes.count }, (_, i) => {
          const z = solveLower(
            lower,
            Float64Array.from(means, (m, j) => codes.values[i * size + j]! - m),
          );
          return z.reduce((sum, x) => sum - (x * x) / 2, constant);
        });
      },
    };
  },
});

function meanOf({ values, count, dimensions }: Codes): Float64Array {
  const sums = new Float64Array(dimensions);
  for (let i = 0; i < values.length; i++) sums[i % dimensions]! += values[i]!;
  return sums.map((sum) => sum / count);
}

/** The mean of (z - μ)(z - μ)ᵀ. */
function covarianceOf({ values, count, dimensions }: Codes, mean: Float64Array): Float64Array {
  const covariance = new Float64Array(dimensions * dimensions);
  for (let i = 0; i < count; i++) {
    const z = Float64Array.from(mean, (m, j) => values[i * dimensions + j]! - m);
    for (let row = 0; row < dimensions; row++)
      for (let column = 0; column <= row; column++)
        covariance[row * dimensions + column]! += (z[row]! * z[column]!) / count;
  }
  for (let row = 0; row < dimensions; row++)
    for (let column = row + 1; column < dimensions; column++)
      covariance[row * dimensions + column] = covariance[column * dimensions + row]!;
  return covariance;
}
