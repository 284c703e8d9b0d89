import type * as tf from '@tensorflow/tfjs';

/** One layer after the other: on symbols while a model is put together, on tensors in its losses. */
export const inSequence = <T extends tf.Tensor | tf.SymbolicTensor>(layers: tf.layers.Layer[], x: T): T =>
  layers.reduce((h, layer) => layer.apply(h) as T, x);
