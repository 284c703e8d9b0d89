import * as tf from '@tensorflow/tfjs';

import type { Objective } from './autoencoder.js';

/**
 * The same objective, whose layers know in its loss whether they train: `encoder.apply(images)` means
 * `encoder.apply(images, { training })` there, as it does in Keras, so that batch normalisation takes the batch's own
 * moments and moves its averages, and dropout drops, in training alone.
 */
export function withTrainingLayers(objective: Objective): Objective {
  return {
    ...objective,
    variables: () => objective.variables(),
    loss: (batch, random, training) => whileTraining(training, () => objective.loss(batch, random, training)),
  };
}

function whileTraining<T>(training: boolean, run: () => T): T {
  const layer = tf.layers.Layer.prototype;
  const { apply } = layer;
  const knowing: typeof apply = function (this: tf.layers.Layer, inputs, kwargs) {
    return apply.call(this, inputs, { training, ...kwargs });
  };
  layer.apply = knowing;
  try {
    return run();
  } finally {
    layer.apply = apply;
  }
}
