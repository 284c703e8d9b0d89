// Autoencoder: a network that must pass its input through a narrow code, and so learns which few numbers describe
// it. With linear layers it would span the space of a PCA; the hidden layers let it bend.
// With noise it is a denoising autoencoder, and its code need not be narrow: P. Vincent, H. Larochelle, I. Lajoie, Y. Bengio &
// P.-A. Manzagol, "Stacked denoising autoencoders", JMLR 11, 2010.
// G. E. Hinton & R. R. Salakhutdinov, "Reducing the dimensionality of data with neural networks", Science, 2006.
import type * as tf from '@tensorflow/tfjs';

import { defineModel } from '../define-model.js';
import { codeForTable } from '../for-data.js';
import { likelihoodDefaults, likelihoodRules } from '../likelihood.js';
import { networkDefaults, networkRules } from '../network.js';
import { networks } from '../networks/index.js';
import { categoriesOf } from '../parts/categories.js';
import { coders } from '../parts/coders.js';
import { inSequence } from '../parts/in-sequence.js';
import { likelihoods } from '../parts/likelihoods/index.js';
import { dropout, gaussianNoise } from '../parts/noise.js';
import { observationOf } from '../parts/observation.js';
import { plainAutoencoder } from '../parts/plain-autoencoder.js';

const PIXELS = 28 * 28;

export const ae = defineModel({
  name: 'ae',
  summary: 'Autoencoder: squared error through a narrow linear code',
  paper: {
    authors: 'G. E. Hinton, R. R. Salakhutdinov',
    title: 'Reducing the dimensionality of data with neural networks',
    venue: 'Science 313',
    year: 2006,
    url: 'https://doi.org/10.1126/science.1127647',
  },
  defaults: {
    ...networkDefaults,
    latentDim: 2,
    network: 'dense' as keyof typeof networks,
    hidden: [512, 256, 128],
    channels: [16, 32],
    /** 'linear', or 'relu' as the original repository has it, where units of the code can die. */
    codeActivation: 'linear' as 'linear' | 'relu',
    /** 'squared-error', or a likelihood: 'bernoulli' for values in [0, 1], 'gaussian' and 'student-t' for any. */
    likelihood: 'squared-error' as keyof typeof likelihoods,
    /** With the squared error: 'sigmoid' for values in [0, 1], 'linear' for any. */
    output: 'sigmoid' as 'sigmoid' | 'linear',
    ...likelihoodDefaults,
    /** For each column of a table 0, or the number of the category that it is a place of, from 1; none where all are numbers. */
    categories: [] as readonly number[],
    /** Whether NaN stands for a value that is missing. */
    missing: false as boolean,
    /** Share of the decoder's last features that is dropped while training, 0 to 1. */
    dropout: 0,
    /** σ of the normal noise that is added to the images while training, and that the network learns to take off again. */
    noise: 0,
  },
  allowed: {
    ...networkRules,
    network: Object.keys(networks),
    latentDim: { whole: true, from: 1 },
    codeActivation: ['linear', 'relu'],
    likelihood: Object.keys(likelihoods),
    output: ['sigmoid', 'linear'],
    ...likelihoodRules,
    categories: { whole: true, from: 0 },
    dropout: { from: 0, below: 1 },
    noise: { from: 0 },
  },
  recipes: {
    default: {
      description: 'Ours: a linear code, a deeper network, a learning rate that falls along a cosine',
      optimizer: { name: 'adam', learningRate: 2e-3 },
      schedule: { name: 'cosine' },
      batchSize: 128,
      epochs: 20,
    },
    original: {
      description:
        "The origin's 784-256-128-2 with ReLU on the code and dropout of one half before the last layer",
      options: { hidden: [256, 128], codeActivation: 'relu', dropout: 0.5 },
      // PyTorch's 1e-8 belongs to a mean over pixels; this loss is a sum over them, so its gradients are larger.
      optimizer: { name: 'adam', learningRate: 1e-3, epsilon: 1e-8 * PIXELS },
      batchSize: 50,
      epochs: 20,
    },
  },

  forData: (data) => ({
    ...codeForTable(data),
    ...(data.values === 'floats' && { output: 'linear' as const }),
    categories: categoriesOf(data.fields),
    missing: data.missing ?? false,
  }),

  build({ network, codeActivation, dropout: rate, noise, ...options }) {
    const body = networks[network].body(options);
    const observation = observationOf(options);
    const last = observation.output(body);
    const made = coders(body, options, { code: codeActivation }, [...last, ...observation.mean]);
    return plainAutoencoder(made, observation, {
      corrupt: (images, random) => gaussianNoise(images, noise, random),
      last(codes, dropping) {
        const features = made.features.apply(codes) as tf.Tensor;
        return inSequence(last, dropping ? dropout(features, rate, dropping) : features);
      },
    });
  },
});
