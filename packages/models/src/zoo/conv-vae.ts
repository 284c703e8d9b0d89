// Convolutional variational autoencoder: the ELBO of the VAE with convolutions on both sides.
// T. Salimans, D. P. Kingma & M. Welling, "Markov chain Monte Carlo and variational inference: bridging the gap",
// ICML, 2015, train such encoders and decoders on MNIST.
import * as tf from '@tensorflow/tfjs';

import type { Batch } from '../autoencoder.js';
import { defineModel } from '../define-model.js';
import { klToStandardNormal, reparameterise } from '../parts/gaussian.js';
import { bernoulliNll } from '../parts/likelihood.js';
import { untilLogits } from '../parts/logits.js';
import { trainableVariables } from '../parts/trainable-variables.js';
import type { RandomStream } from '../random.js';

export const convVae = defineModel({
  name: 'conv-vae',
  summary:
    'Convolutional variational autoencoder: strided and compact, or without strides as the origin has it',
  paper: {
    authors: 'T. Salimans, D. P. Kingma, M. Welling',
    title: 'Markov chain Monte Carlo and variational inference: bridging the gap',
    venue: 'ICML',
    year: 2015,
    url: 'https://arxiv.org/abs/1410.6460',
  },
  defaults: {
    imageShape: [28, 28, 1],
    latentDim: 256,
    channels: [32, 64],
    kernelSize: 3,
    /** 2 halves the sides with every convolution; 1 keeps them, less the kernel's border. */
    strides: 2,
    /** Units of a dense layer between the feature map and the code; 0 leaves it out. */
    hidden: 256,
    /** Of every hidden layer: 'swish' (x · σ(x)) or 'relu'. */
    activation: 'swish',
  },
  allowed: {
    imageShape: { whole: true, from: 1, count: 3 },
    latentDim: { whole: true, from: 1 },
    channels: { whole: true, from: 1, some: true },
    kernelSize: { whole: true, from: 1 },
    strides: [1, 2],
    hidden: { whole: true, from: 0 },
    activation: ['swish', 'relu'],
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

  build({ imageShape, latentDim, channels, kernelSize, strides, hidden, activation: named }) {
    const activation = named as 'swish' | 'relu';
    const [height, width, depth] = imageShape as [number, number, number];
    const shrink = strides ** channels.length;
    if (height % shrink !== 0 || width % shrink !== 0)
      throw new RangeError(
        `Cannot build conv-vae: found images of ${height} × ${width}, expected sides that ${shrink} divides; pad or crop them`,
      );
    const border = strides === 1 ? channels.length * (kernelSize - 1) : 0;
    if (border >= Math.min(height, width))
      throw new RangeError(
        `Cannot build conv-vae: kernelSize is ${kernelSize}, whose ${channels.length} convolutions take ${border} off ${height} × ${width} images, expected some to be left`,
      );
    const convolution = { kernelSize, strides, padding: strides === 1 ? 'valid' : 'same' } as const;

    const images = tf.input({ shape: [...imageShape], name: 'images' });
    let h = images;
    const then = (layer: tf.layers.Layer) => (h = layer.apply(h) as tf.SymbolicTensor);
    channels.forEach((filters, i) =>
      then(tf.layers.conv2d({ ...convolution, filters, activation, name: `conv${i}` })),
    );
    const map = h.shape.slice(1) as number[]; // [height, width, channels] where the convolutions end
    then(tf.layers.flatten({ name: 'features' }));
    if (hidden > 0) then(tf.layers.dense({ units: hidden, activation, name: 'hidden' }));
    const posterior = ['mean', 'logVar'].map(
      (name) => tf.layers.dense({ units: latentDim, name }).apply(h) as tf.SymbolicTensor, // → [batch, latentDim]
    );
    const encoder = tf.model({ inputs: images, outputs: posterior, name: 'encoder' });

    const codes = tf.input({ shape: [latentDim], name: 'codes' });
    h = codes;
    if (hidden > 0) then(tf.layers.dense({ units: hidden, activation, name: 'hidden' }));
    then(tf.layers.dense({ units: tf.util.sizeFromShape(map), activation, name: 'features' }));
    then(tf.layers.reshape({ targetShape: map, name: 'map' }));
    channels
      .slice(0, -1)
      .toReversed()
      .forEach((filters, i) =>
        then(tf.layers.conv2dTranspose({ ...convolution, filters, activation, name: `deconv${i}` })),
      );
    then(tf.layers.conv2dTranspose({ ...convolution, filters: depth, name: 'logits' })); // → [batch, h, w, c]
    then(tf.layers.activation({ activation: 'sigmoid', name: 'images' }));
    const decoder = tf.model({ inputs: codes, outputs: h, name: 'decoder' });
    const logitsOf = untilLogits(decoder);

    const klWeight = tf.variable(tf.scalar(1), false);
    const elbo = {
      variables: () => trainableVariables(encoder, decoder),
      loss(batch: Batch, random: RandomStream) {
        const [mean, logVar] = encoder.apply(batch.images) as [tf.Tensor2D, tf.Tensor2D];
        const logits = logitsOf.apply(reparameterise(mean, logVar, random)) as tf.Tensor4D;
        const reconstruction = bernoulliNll(logits, batch.images);
        const kl = klToStandardNormal(mean, logVar);
        return { loss: tf.add(reconstruction, tf.mul(klWeight, kl)) as tf.Scalar, reconstruction, kl }; // -ELBO
      },
    };
    const decode = (z: tf.Tensor2D) => decoder.apply(z) as tf.Tensor4D;
    return {
      encoder,
      decoder,
      encode: (x: tf.Tensor4D) => (encoder.apply(x) as [tf.Tensor2D, tf.Tensor2D])[0],
      decode,
      sample: (count: number, random: RandomStream) =>
        tf.tidy(() => decode(random.normal([count, latentDim]) as tf.Tensor2D)),
      annealed: { kl: klWeight },
      objectives: { elbo },
    };
  },
});
