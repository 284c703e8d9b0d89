import * as tf from '@tensorflow/tfjs';

import type { RandomStream } from '../random.js';

/**
 * Sets a share of the values to zero and scales the others by 1 / (1 - rate), so that their expectation stays
 * (Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 2014). What
 * `tf.dropout` does, from a seeded stream; gradients flow through what is kept.
 * @param rate the share that is dropped, at least 0 and below 1; 0 gives `x` itself and draws nothing
 * @throws RangeError for another rate
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, random: RandomStream): T {
  if (!(rate >= 0 && rate < 1))
    throw new RangeError(`Cannot drop out: rate is ${rate}, expected at least 0 and below 1`);
  if (rate === 0) return x;
  return tf.tidy(() => tf.mul(x, tf.mul(keptAbove(rate, x.shape, random), 1 / (1 - rate)))) as T;
}

/**
 * x + σ·ε with ε ~ N(0, I), of the shape of `x`.
 * @param stddev σ, a number from 0 or a scalar tensor, such as an annealed one; 0 gives `x` itself and draws nothing
 * @throws RangeError for a number below 0
 */
export function gaussianNoise<T extends tf.Tensor>(
  x: T,
  stddev: number | tf.Scalar,
  random: RandomStream,
): T {
  if (typeof stddev === 'number' && !(stddev >= 0 && stddev < Infinity))
    throw new RangeError(`Cannot add noise: stddev is ${stddev}, expected a number from 0`);
  if (stddev === 0) return x;
  return tf.tidy(() => tf.add(x, tf.mul(random.normal(x.shape), stddev))) as T;
}

/**
 * Ones with probability `keep`, zeros otherwise, independently: what a denoising autoencoder multiplies its images by
 * (Vincent et al., "Extracting and composing robust features with denoising autoencoders", ICML 2008). A shape with a
 * side of 1 gives a mask that broadcasts, such as `[batch, height, width, 1]` for all channels of a pixel.
 * @param keep from 0 to 1
 * @throws RangeError for another probability
 */
export function bernoulliMask(shape: number[], keep: number, random: RandomStream): tf.Tensor {
  if (!(keep >= 0 && keep <= 1))
    throw new RangeError(`Cannot make a mask: keep is ${keep}, expected from 0 to 1`);
  return keptAbove(1 - keep, shape, random);
}

const keptAbove = (least: number, shape: number[], random: RandomStream): tf.Tensor =>
  tf.tidy(() => tf.cast(tf.greaterEqual(random.uniform(shape), least), 'float32'));
