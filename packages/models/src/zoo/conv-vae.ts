// Convolutional variational autoencoder: the ELBO of the VAE with convolutions on both sides.
// T. Salimans, D. P. Kingma & M. Welling, "Markov chain Monte Carlo and variational inference: bridging the gap",
// ICML, 2015, train such encoders and decoders on MNIST.
import { defineModel } from '../define-model.js';
import { likelihoodDefaults, likelihoodRules } from '../likelihood.js';
import { networkDefaults, networkRules, type Activation } from '../network.js';
import { convolutionsFor } from '../parts/convolutions-for.js';
import { gaussianAutoencoder } from '../parts/gaussian-autoencoder.js';
import { likelihoodNames, type LikelihoodName } from '../parts/observation.js';

export const convVae = defineModel({
  name: 'conv-vae',
  summary:
    'Convolutional variational autoencoder: strided and compact, or without strides as in the original repository',
  paper: {
    authors: 'T. Salimans, D. P. Kingma, M. Welling',
    title: 'Markov chain Monte Carlo and variational inference: bridging the gap',
    venue: 'ICML',
    year: 2015,
    url: 'https://arxiv.org/abs/1410.6460',
  },
  defaults: {
    ...networkDefaults,
    latentDim: 256,
    channels: [32, 64],
    /** Units of a dense layer between the feature map and the code; 0 leaves it out. */
    hidden: 256,
    activation: 'swish' as Activation,
    /** 'bernoulli' for values in [0, 1], 'gaussian' for any, 'student-t' where some lie far out. */
    likelihood: 'bernoulli' as LikelihoodName,
    ...likelihoodDefaults,
    /** Whether NaN stands for a value that is missing. */
    missing: false as boolean,
  },
  allowed: {
    ...networkRules,
    latentDim: { whole: true, from: 1 },
    hidden: { whole: true, from: 0 },
    likelihood: likelihoodNames,
    ...likelihoodRules,
  },
  recipes: {
    default: {
      description: 'Ours: strided convolutions, a rate that falls along a cosine',
      optimizer: { name: 'adam', learningRate: 2e-3 },
      schedule: { name: 'cosine' },
      batchSize: 128,
      epochs: 20,
    },
    original: {
      description: "The origin's 32 and 64 channels without strides, 23.9 million weights, Adamax",
      options: { kernelSize: 4, strides: 1, hidden: 0, activation: 'relu' },
      // PyTorch's 1e-8 belongs to a sum over the batch of 50; this loss is the mean.
      optimizer: { name: 'adamax', learningRate: 1e-3, epsilon: 1e-8 / 50 },
      batchSize: 50,
      epochs: 2,
    },
  },

  forData: (data) => ({
    ...(data.values === 'floats' && { likelihood: 'gaussian' as const }),
    missing: data.missing ?? false,
  }),

  build: (options) => gaussianAutoencoder(convolutionsFor(options).body(options), options),
});
