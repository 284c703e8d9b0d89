import * as tf from '@tensorflow/tfjs';

import type { LikelihoodKind } from '../../likelihood.js';

export const squaredError: LikelihoodKind = {
  name: 'squared-error',
  summary: 'No likelihood, but (x - x̂)² of every value, as plain autoencoders have it',
  reads: [], // `output` may follow from the data before a likelihood is asked for
  make: ({ output }) => ({
    range: output === 'linear' ? 'any' : 'unit',
    output: (body) => body.output(output),
    mean: [],
    parameters: {},
    nll: (reconstructions, examples) => tf.squaredDifference(reconstructions, examples),
  }),
};
