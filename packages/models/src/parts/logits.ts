import * as tf from '@tensorflow/tfjs';

/**
 * The decoder up to its layer `logits`, on the same weights. A likelihood is computed from logits, because the
 * sigmoid's output has lost the small probabilities; the decoder itself goes on to images in [0, 1].
 */
export const untilLogits = (decoder: tf.LayersModel): tf.LayersModel =>
  tf.model({ inputs: decoder.inputs, outputs: decoder.getLayer('logits').output as tf.SymbolicTensor });
