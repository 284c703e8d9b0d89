import * as tf from '@tensorflow/tfjs';

/**
 * -log p(x | z) of a Bernoulli decoder, from logits: Σ max(l, 0) - l·x + log(1 + exp(-|l|)), summed over pixels,
 * averaged over the batch, in nats. Grey pixels in [0, 1] stand for probabilities, as is usual for MNIST.
 * @param logits and `images` have one shape, `[batch, …]`
 */
export function bernoulliNll(logits: tf.Tensor, images: tf.Tensor): tf.Scalar {
  return perImage(crossEntropyFromLogits(logits, images));
}

/**
 * -log p(x | z) of a Gaussian decoder: ½ Σ (x - μ)²/σ² + log σ² + log 2π, summed over values, averaged over the batch,
 * in nats of a density, which may be below 0.
 * @param means of the shape of `images`, `[batch, …]`
 * @param logVariance log σ², one for all values
 */
export function gaussianNll(means: tf.Tensor, logVariance: tf.Tensor, images: tf.Tensor): tf.Scalar {
  const values = images.size / images.shape[0]!;
  const errors = tf.mul(squaredError(means, images), tf.exp(tf.neg(logVariance)));
  return tf.mul(tf.add(errors, tf.mul(tf.add(logVariance, Math.log(2 * Math.PI)), values)), 0.5);
}

/** Σ (x - x̂)², summed over pixels, averaged over the batch; over the number of pixels it is the MSE. */
export function squaredError(reconstructions: tf.Tensor, images: tf.Tensor): tf.Scalar {
  return perImage(tf.squaredDifference(reconstructions, images));
}

const perImage = (errors: tf.Tensor): tf.Scalar => tf.mul(tf.sum(errors), 1 / errors.shape[0]!);

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
