import * as tf from '@tensorflow/tfjs';

import type { LikelihoodOptions } from '../likelihood.js';

/** log σ² of the values of an example: how it is found, and the variable where it is learned. */
export interface LearnedVariance {
  /** A scalar, or of the shape of one example. */
  logVariance(): tf.Tensor;
  parameters: Record<string, tf.Variable>;
}

/**
 * One variance for all values is as free as Rybkin, Daniilidis & Levine have it ("Simple and effective VAE training with
 * calibrated decoders", ICML 2021). With one for each value it stays above 1e-6, softly: where a column never varies
 * no variance is small enough, and the loss would fall without end.
 */
export function learnedVariance({
  shape,
  variance,
}: Pick<LikelihoodOptions, 'shape' | 'variance'>): LearnedVariance {
  if (variance === 'fixed') return { logVariance: () => tf.scalar(0), parameters: {} };
  if (variance === 'one') {
    const logVariance = tf.variable(tf.scalar(0));
    return { logVariance: () => logVariance, parameters: { logVariance } };
  }
  const logVariances = tf.variable(tf.zeros([...shape]));
  return { logVariance: () => softlyAbove(LOWEST, logVariances), parameters: { logVariances } };
}

const LOWEST = Math.log(1e-6);

/** Close to x where x is far above the least, never below it. */
const softlyAbove = (least: number, x: tf.Tensor): tf.Tensor => tf.add(tf.softplus(tf.sub(x, least)), least);
