import * as tf from '@tensorflow/tfjs';

import type { RandomStream } from '../random.js';

/**
 * z = μ + σ·ε with ε ~ N(0, I): a sample that gradients flow through (Kingma & Welling 2014, section 2.4).
 * All are `[batch, latentDim]`; σ = exp(logVar / 2).
 */
export function reparameterise(mean: tf.Tensor2D, logVar: tf.Tensor2D, random: RandomStream): tf.Tensor2D {
  const noise = random.normal(mean.shape);
  return tf.add(mean, tf.mul(noise, tf.exp(tf.mul(logVar, 0.5))));
}

/**
 * KL(N(μ, σ²) ‖ N(0, I)) = -½ Σ (1 + log σ² - μ² - σ²), summed over code dimensions, averaged over the batch, in
 * nats (Kingma & Welling 2014, appendix B).
 */
export function klToStandardNormal(mean: tf.Tensor2D, logVar: tf.Tensor2D): tf.Scalar {
  const terms = tf.sub(tf.sub(tf.add(logVar, 1), tf.square(mean)), tf.exp(logVar));
  return tf.mul(tf.sum(terms), -0.5 / mean.shape[0]);
}
