import type * as tf from '@tensorflow/tfjs';

import { notInThePlane } from '../code.js';
import { defineSampler } from '../define-sampler.js';

export const standardNormal = defineSampler({
  name: 'standard-normal',
  summary: 'Independent standard normals, the prior of a variational autoencoder; nothing is fitted',
  defaults: {},
  refuses: notInThePlane,
  fit: ({ dimensions }) => ({ dimensions: { shape: [], data: Int32Array.of(dimensions) } }),
  from(tensors) {
    const dimensions = tensors.dimensions!.data[0]!;
    return {
      sample: (count, random) => random.normal([count, dimensions]) as tf.Tensor2D,
      logDensity: ({ values, count }) =>
        Float64Array.from({ length: count }, (_, i) =>
          values
            .subarray(i * dimensions, (i + 1) * dimensions)
            .reduce((sum, z) => sum - (z * z + Math.log(2 * Math.PI)) / 2, 0),
        ),
    };
  },
});
