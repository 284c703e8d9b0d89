import * as tf from '@tensorflow/tfjs';
import { unbroadcast } from './broadcast.js';

/** Names of inputs of which some need not be there: TensorFlow.js maps the names to the tensors that it saves. */
class Optional extends Array<string> {
  override map<T>(f: (name: string, i: number, all: string[]) => T): T[] {
    return [...this].map(f).filter((tensor) => tensor !== undefined && tensor !== null);
  }
}

/**
 * y = (x − mean) / √(variance + ε) · scale + offset, each with its derivative. The stock gradient throws without a scale
 * and where the values broadcast along another axis than the channels.
 */
export const batchNorm: tf.GradConfig = {
  kernelName: 'FusedBatchNorm',
  inputsToSave: Optional.from(['x', 'mean', 'variance', 'scale']) as string[],
  gradFunc: (gradient, [x, mean, variance, scale], attributes) => {
    const { varianceEpsilon } = attributes as { varianceEpsilon: number };
    const dy = gradient as tf.Tensor;
    const inverse = tf.rsqrt(tf.add(variance!, varianceEpsilon));
    const scaled = () => tf.mul(scale ? tf.mul(dy, scale) : dy, inverse);
    const centred = () => tf.sub(x!, mean!);
    const fit = (value: tf.Tensor) => unbroadcast(value, mean!.shape);
    return {
      x: scaled,
      mean: () => fit(tf.neg(scaled())),
      variance: () => fit(tf.mul(tf.mul(scaled(), centred()), tf.mul(-0.5, tf.square(inverse)))),
      scale: () => fit(tf.mul(dy, tf.mul(centred(), inverse))),
      offset: () => fit(dy),
    };
  },
};
