import * as tf from '@tensorflow/tfjs';

import type { LikelihoodKind } from '../../likelihood.js';
import { batchMean } from '../batch-mean.js';
import { learnedVariance } from '../learned-variance.js';

export const gaussian: LikelihoodKind = {
  name: 'gaussian',
  summary: 'Of any values, around the mean that the decoder gives, with a variance that is learned or fixed',
  reads: ['variance'],
  make(options) {
    const { logVariance, parameters } = learnedVariance(options);
    return {
      range: 'any',
      output: (body) => body.output('linear'),
      mean: [],
      parameters,
      nll: (means, examples) => gaussianNlls(means, logVariance(), examples),
    };
  },
};

/**
 * -log p(x | z) of a Gaussian decoder: ½ Σ (x - μ)²/σ² + log σ² + log 2π, summed over values, averaged over the batch,
 * in nats of a density, which may be below 0.
 * @param means of the shape of `images`, `[batch, …]`
 * @param logVariance log σ², one for all values, or of the shape of one image
 */
export function gaussianNll(means: tf.Tensor, logVariance: tf.Tensor, images: tf.Tensor): tf.Scalar {
  return batchMean(gaussianNlls(means, logVariance, images));
}

function gaussianNlls(means: tf.Tensor, logVariance: tf.Tensor, images: tf.Tensor): tf.Tensor {
  const errors = tf.mul(tf.squaredDifference(means, images), tf.exp(tf.neg(logVariance)));
  return tf.mul(tf.add(errors, tf.add(logVariance, Math.log(2 * Math.PI))), 0.5);
}
