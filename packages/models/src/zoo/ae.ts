// Autoencoder: a network that must pass its input through a narrow code, and so learns which few numbers describe
// it. With linear layers it would span the space of a PCA; the hidden layers let it bend.
// G. E. Hinton & R. R. Salakhutdinov, "Reducing the dimensionality of data with neural networks", Science, 2006.
import * as tf from '@tensorflow/tfjs';

import type { Batch } from '../autoencoder.js';
import { defineModel } from '../define-model.js';
import { squaredError } from '../parts/likelihood.js';
import { dropout } from '../parts/noise.js';
import { trainableVariables } from '../parts/trainable-variables.js';
import type { RandomStream } from '../random.js';

const PIXELS = 28 * 28;

export const ae = defineModel({
  name: 'ae',
  summary: 'Fully connected autoencoder: squared error through a narrow linear code',
  paper: {
    authors: 'G. E. Hinton, R. R. Salakhutdinov',
    title: 'Reducing the dimensionality of data with neural networks',
    venue: 'Science 313',
    year: 2006,
    url: 'https://doi.org/10.1126/science.1127647',
  },
  defaults: {
    imageShape: [28, 28, 1],
    latentDim: 2,
    hidden: [512, 256, 128],
    /** 'linear', or 'relu' as the origin has it, where units of the code can die. */
    codeActivation: 'linear',
    /** Share of the last hidden layer that is dropped while training, 0 to 1. */
    dropout: 0,
  },
  allowed: {
    imageShape: { whole: true, from: 1, count: 3 },
    latentDim: { whole: true, from: 1 },
    hidden: { whole: true, from: 1 },
    codeActivation: ['linear', 'relu'],
    dropout: { from: 0, below: 1 },
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

  build({ imageShape, latentDim, hidden, codeActivation, dropout: rate }) {
    const pixels = tf.util.sizeFromShape(imageShape);
    const encoder = tf.sequential({
      name: 'encoder',
      layers: [
        tf.layers.flatten({ inputShape: imageShape, name: 'pixels' }), // [batch, h, w, c] → [batch, pixels]
        ...hidden.map((units, i) => tf.layers.dense({ units, activation: 'relu', name: `hidden${i}` })),
        tf.layers.dense({ units: latentDim, activation: codeActivation as 'linear' | 'relu', name: 'code' }), // → [batch, latentDim]
      ],
    });
    const features = tf.sequential({
      name: 'features',
      layers: [
        tf.layers.inputLayer({ inputShape: [latentDim], name: 'codes' }),
        ...hidden
          .toReversed()
          .map((units, i) => tf.layers.dense({ units, activation: 'relu', name: `hidden${i}` })),
      ],
    });
    const output = tf.layers.dense({ units: pixels, activation: 'sigmoid', name: 'output' }); // → [batch, pixels]
    const toImages = tf.layers.reshape({ targetShape: imageShape, name: 'images' });
    const decoder = tf.model({
      inputs: features.inputs,
      outputs: toImages.apply(output.apply(features.outputs[0]!)) as tf.SymbolicTensor,
      name: 'decoder',
    });

    const encode = (images: tf.Tensor4D) => encoder.apply(images) as tf.Tensor2D;
    const decode = (codes: tf.Tensor2D) => decoder.apply(codes) as tf.Tensor4D;
    const reconstruction = {
      variables: () => trainableVariables(encoder, decoder),
      loss({ images }: Batch, random: RandomStream, training: boolean) {
        const last = features.apply(encode(images)) as tf.Tensor;
        const reconstructions = output.apply(training ? dropout(last, rate, random) : last) as tf.Tensor;
        const loss = squaredError(reconstructions, images.reshape([-1, pixels]));
        return { loss, reconstruction: loss };
      },
    };
    return { encoder, decoder, encode, decode, objectives: { reconstruction } };
  },
});
