import * as tf from '@tensorflow/tfjs';

import type { LikelihoodKind } from '../../likelihood.js';
import { batchMean } from '../batch-mean.js';

export const bernoulli: LikelihoodKind = {
  name: 'bernoulli',
  summary: 'Of values in [0, 1], which stand for probabilities; the decoder gives logits',
  reads: [],
  make: () => ({
    range: 'unit',
    output: (body) => body.output('linear', 'logits'),
    mean: [tf.layers.activation({ activation: 'sigmoid', name: 'images' })],
    parameters: {},
    nll: crossEntropyFromLogits,
  }),
};

/**
 * -log p(x | z) of a Bernoulli decoder, from logits: Σ max(l, 0) - l·x + log(1 + exp(-|l|)), summed over pixels,
 * averaged over the batch, in nats. Grey pixels in [0, 1] stand for probabilities, as is usual for MNIST.
 * @param logits and `images` have one shape, `[batch, …]`
 */
export function bernoulliNll(logits: tf.Tensor, images: tf.Tensor): tf.Scalar {
  return batchMean(crossEntropyFromLogits(logits, images));
}

/**
 * Element-wise; the gradient is σ(l) - x, without the roundings of the formula's own derivative. Images are data:
 * no gradient flows to them. A backend that has it in one pass offers it as the kernel
 * `SigmoidCrossEntropyWithLogits` with inputs `{ labels, logits }`.
 */
const crossEntropyFromLogits = (logits: tf.Tensor, images: tf.Tensor): tf.Tensor =>
  tf.customGrad((l, save) => {
    (save as tf.GradSaveFunc)([l as tf.Tensor, images]);
    return {
      value: forward(l as tf.Tensor, images),
      gradFunc: (dy: tf.Tensor, [l, x]: tf.Tensor[]) => tf.mul(tf.sub(tf.sigmoid(l!), x!), dy),
    };
  })(logits);

function forward(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  if (tf.getKernel('SigmoidCrossEntropyWithLogits', tf.getBackend()))
    return tf.engine().runKernel('SigmoidCrossEntropyWithLogits', { labels, logits }) as tf.Tensor;
  return tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
}
