import * as tf from '@tensorflow/tfjs';

import type { Network } from '../network.js';
import { hiddenLayers } from '../parts/hidden-layers.js';
import { inSequence } from '../parts/in-sequence.js';

export const dense: Network = {
  name: 'dense',
  summary: 'Dense layers over all values of an example, whatever its shape',
  reads: ['hidden', 'activation'],
  body(options) {
    const shape = [...options.shape];
    const isRow = shape.length === 1; // already what a dense layer reads
    return {
      encode: (images) =>
        inSequence(
          [...(isRow ? [] : [tf.layers.flatten({ name: 'values' })]), ...hiddenLayers(options, 'encoder')],
          images,
        ),
      decode: (codes) => inSequence(hiddenLayers(options, 'decoder'), codes),
      output: (activation, name = 'output') => [
        tf.layers.dense({ units: tf.util.sizeFromShape(shape), activation, name }), // → [batch, values]
        ...(isRow ? [] : [tf.layers.reshape({ targetShape: shape, name: 'shape' })]),
      ],
    };
  },
};
