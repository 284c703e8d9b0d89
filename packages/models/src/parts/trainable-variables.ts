import type * as tf from '@tensorflow/tfjs';

/** What a step over these models changes, in the order of their layers. */
export const trainableVariables = (...models: tf.LayersModel[]): tf.Variable[] =>
  models.flatMap((model) => model.trainableWeights.map((weight) => weight.read() as tf.Variable));
