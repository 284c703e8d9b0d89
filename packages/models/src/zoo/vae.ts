// Variational autoencoder: the encoder gives a distribution over codes instead of a point, and a KL term keeps these
// near a standard normal, so that the space between the codes can be decoded and new images can be drawn.
// D. P. Kingma & M. Welling, "Auto-encoding variational Bayes", ICLR, 2014.
import * as tf from '@tensorflow/tfjs';

import type { Batch } from '../autoencoder.js';
import { defineModel } from '../define-model.js';
import { klToStandardNormal, reparameterise } from '../parts/gaussian.js';
import { bernoulliNll } from '../parts/likelihood.js';
import { untilLogits } from '../parts/logits.js';
import { trainableVariables } from '../parts/trainable-variables.js';
import type { RandomStream } from '../random.js';

export const vae = defineModel({
  name: 'vae',
  summary:
    'Variational autoencoder: a Gaussian code near a standard normal, trained on the evidence lower bound',
  paper: {
    authors: 'D. P. Kingma, M. Welling',
    title: 'Auto-encoding variational Bayes',
    venue: 'ICLR',
    year: 2014,
    url: 'https://arxiv.org/abs/1312.6114',
  },
  defaults: { imageShape: [28, 28, 1], latentDim: 2, hidden: [512, 256] },
  allowed: {
    imageShape: { whole: true, from: 1, count: 3 },
    latentDim: { whole: true, from: 1 },
    hidden: { whole: true, from: 1 },
  },
  recipes: {
    default: {
      description: 'Ours: two hidden layers and a learning rate that falls along a cosine',
      optimizer: { name: 'adam', learningRate: 2e-3 },
      schedule: { name: 'cosine' },
      batchSize: 128,
      epochs: 20,
    },
    original: {
      description: "The origin's 784-256-2",
      options: { hidden: [256] },
      // PyTorch's 1e-8 belongs to a sum over the batch of 50; this loss is the mean.
      optimizer: { name: 'adam', learningRate: 1e-3, epsilon: 1e-8 / 50 },
      batchSize: 50,
      epochs: 20,
    },
    'pytorch-examples': {
      description:
        'The 784-400-20 of pytorch/examples, which reports 105.6 nats after 10 epochs; the rate falls along a cosine',
      options: { hidden: [400], latentDim: 20 },
      optimizer: { name: 'adam', learningRate: 2e-3 },
      schedule: { name: 'cosine' },
      batchSize: 128,
      epochs: 10,
    },
  },

  build({ imageShape, latentDim, hidden }) {
    const pixels = tf.util.sizeFromShape(imageShape);
    const images = tf.input({ shape: imageShape, name: 'images' });
    let h = tf.layers.flatten({ name: 'pixels' }).apply(images); // [batch, h, w, c] → [batch, pixels]
    hidden.forEach(
      (units, i) => (h = tf.layers.dense({ units, activation: 'relu', name: `hidden${i}` }).apply(h)),
    );
    const posterior = ['mean', 'logVar'].map(
      (name) => tf.layers.dense({ units: latentDim, name }).apply(h) as tf.SymbolicTensor, // → [batch, latentDim]
    );
    const encoder = tf.model({ inputs: images, outputs: posterior, name: 'encoder' });

    const codes = tf.input({ shape: [latentDim], name: 'codes' });
    let g: tf.SymbolicTensor | tf.SymbolicTensor[] | tf.Tensor | tf.Tensor[] = codes;
    hidden
      .toReversed()
      .forEach(
        (units, i) => (g = tf.layers.dense({ units, activation: 'relu', name: `hidden${i}` }).apply(g)),
      );
    g = tf.layers.dense({ units: pixels, name: 'logits' }).apply(g); // → [batch, pixels]
    g = tf.layers.activation({ activation: 'sigmoid', name: 'probabilities' }).apply(g);
    g = tf.layers.reshape({ targetShape: imageShape, name: 'images' }).apply(g);
    const decoder = tf.model({ inputs: codes, outputs: g as tf.SymbolicTensor, name: 'decoder' });
    const logitsOf = untilLogits(decoder);

    const klWeight = tf.variable(tf.scalar(1), false);
    const elbo = {
      variables: () => trainableVariables(encoder, decoder),
      loss(batch: Batch, random: RandomStream) {
        const [mean, logVar] = encoder.apply(batch.images) as [tf.Tensor2D, tf.Tensor2D];
        const logits = logitsOf.apply(reparameterise(mean, logVar, random)) as tf.Tensor2D;
        const reconstruction = bernoulliNll(logits, batch.images.reshape([-1, pixels]));
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
