import * as tf from '@tensorflow/tfjs';

/** Σ over the values of an example, averaged over the batch: `[batch, …]` → a scalar. */
export const batchMean = (values: tf.Tensor): tf.Scalar => tf.mul(tf.sum(values), 1 / values.shape[0]!);
