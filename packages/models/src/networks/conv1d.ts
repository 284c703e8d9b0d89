import * as tf from '@tensorflow/tfjs';

import type { Network } from '../network.js';
import { convolutionalBody } from '../parts/convolutional-body.js';

export const conv1d: Network = {
  name: 'conv1d',
  summary: 'Convolutions along the steps of a series, [steps, channels], and dense layers next to the code',
  reads: ['channels', 'kernelSize', 'strides', 'hidden', 'activation'],
  body(options) {
    const { shape, kernelSize, strides } = options;
    if (shape.length !== 2)
      throw new RangeError(`shape is [${shape}], expected [steps, channels] for the network conv1d`);
    // A series is a plane of width 1: TensorFlow.js has no transposed convolution of one dimension.
    const plane: [number, number, number] = [shape[0]!, 1, shape[1]!];
    const body = convolutionalBody(options, { plane, kernel: [kernelSize, 1], strides: [strides, 1] });
    return {
      ...body,
      encode: (images) =>
        body.encode(
          tf.layers.reshape({ targetShape: plane, name: 'plane' }).apply(images) as tf.SymbolicTensor,
        ),
      output: (...last) => [
        ...body.output(...last),
        tf.layers.reshape({ targetShape: [...shape], name: 'series' }),
      ],
    };
  },
};
