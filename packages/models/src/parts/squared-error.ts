import * as tf from '@tensorflow/tfjs';

import { batchMean } from './batch-mean.js';

/** Σ (x - x̂)², summed over pixels, averaged over the batch; over the number of pixels it is the MSE. */
export function squaredError(reconstructions: tf.Tensor, images: tf.Tensor): tf.Scalar {
  return batchMean(tf.squaredDifference(reconstructions, images));
}
