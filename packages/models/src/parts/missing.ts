import * as tf from '@tensorflow/tfjs';

/** Examples whose missing values, NaN, are 0, and where they are not missing: 1, of the shape of the examples. */
export interface Observed {
  examples: tf.Tensor;
  seen: tf.Tensor;
}

export function observed(examples: tf.Tensor): Observed {
  return { examples: zeroForMissing(examples), seen: tf.cast(tf.logicalNot(tf.isNaN(examples)), 'float32') };
}

const zeroForMissing = (values: tf.Tensor): tf.Tensor =>
  tf.where(tf.isNaN(values), tf.zerosLike(values), values);

/** 0, the mean of standardised values, in place of NaN: what an encoder begins with where values may be missing. */
export class MissingAsZero extends tf.layers.Layer {
  static readonly className = 'MissingAsZero';

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => zeroForMissing(Array.isArray(inputs) ? inputs[0]! : inputs));
  }
}
tf.serialization.registerClass(MissingAsZero);
