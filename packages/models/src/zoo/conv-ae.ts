// Convolutional autoencoder: the same narrow code, reached by convolutions, which know that neighbouring pixels
// belong together and need few weights.
// J. Masci, U. Meier, D. Cireşan & J. Schmidhuber, "Stacked convolutional auto-encoders for hierarchical feature
// extraction", ICANN, 2011.
import { defineModel } from '../define-model.js';
import { networkDefaults, networkRules, type Activation } from '../network.js';
import { convolutionsFor } from '../parts/convolutions-for.js';
import { coders } from '../parts/coders.js';
import { observationOf } from '../parts/observation.js';
import { plainAutoencoder } from '../parts/plain-autoencoder.js';
import { pooledMap } from '../parts/pooled-map.js';

const PIXELS = 28 * 28;

export const convAe = defineModel({
  name: 'conv-ae',
  summary:
    'Convolutional autoencoder with a code of two dimensions, or a feature map as in the original repository',
  paper: {
    authors: 'J. Masci, U. Meier, D. Cireşan, J. Schmidhuber',
    title: 'Stacked convolutional auto-encoders for hierarchical feature extraction',
    venue: 'ICANN',
    year: 2011,
    url: 'https://doi.org/10.1007/978-3-642-21735-7_7',
  },
  defaults: {
    ...networkDefaults,
    /** With `code: 'map'` the size of the map, height/4 · width/4 · the last of two `channels`. */
    latentDim: 2,
    /** 'vector': dense layers around a vector. 'map': max-pooling instead of strides; the last map is the code. */
    code: 'vector' as 'vector' | 'map',
    channels: [16, 32],
    hidden: [512, 256, 128],
    activation: 'swish' as Activation,
    /** 'sigmoid' for values in [0, 1], 'linear' for any. */
    output: 'sigmoid' as 'sigmoid' | 'linear',
    /** Whether NaN stands for a value that is missing. */
    missing: false as boolean,
  },
  allowed: {
    ...networkRules,
    latentDim: { whole: true, from: 1 },
    code: ['vector', 'map'],
    output: ['sigmoid', 'linear'],
  },
  recipes: {
    default: {
      description:
        'Ours: two dimensions behind strided convolutions and a dense layer, a rate that falls along a cosine',
      optimizer: { name: 'adam', learningRate: 2e-3 },
      schedule: { name: 'cosine' },
      batchSize: 64,
      epochs: 100,
    },
    original: {
      description:
        "The origin's 16 and 4 channels with max-pooling, whose code is a map of 7 × 7 × 4 = 196 numbers",
      options: { code: 'map', channels: [16, 4], latentDim: 196 },
      // PyTorch's 1e-8 belongs to a mean over pixels; this loss is a sum over them, so its gradients are larger.
      optimizer: { name: 'adam', learningRate: 1e-3, epsilon: 1e-8 * PIXELS },
      batchSize: 50,
      epochs: 20,
    },
  },

  forData: (data) => ({
    ...(data.values === 'floats' && { output: 'linear' as const }),
    missing: data.missing ?? false,
  }),

  build({ code, output, ...options }) {
    const body = convolutionsFor(options).body(options);
    const observation = observationOf({ ...options, likelihood: 'squared-error', output });
    const made =
      code === 'map'
        ? pooledMap(options, output)
        : coders(body, options, { code: 'linear' }, observation.output(body));
    return plainAutoencoder(made, observation);
  },
});
