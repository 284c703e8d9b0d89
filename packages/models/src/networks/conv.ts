import type { Network } from '../network.js';
import { convolutionalBody } from '../parts/convolutional-body.js';

export const conv: Network = {
  name: 'conv',
  summary:
    'Convolutions over [height, width, channels], with strides or without, and dense layers next to the code',
  reads: ['channels', 'kernelSize', 'strides', 'hidden', 'activation'],
  body(options) {
    const { shape, kernelSize, strides } = options;
    if (shape.length !== 3)
      throw new RangeError(`shape is [${shape}], expected [height, width, channels] for the network conv`);
    return convolutionalBody(options, {
      plane: [...shape] as [number, number, number],
      kernel: [kernelSize, kernelSize],
      strides: [strides, strides],
    });
  },
};
