import { createHash } from 'node:crypto';

import { bernoulliNll, klToStandardNormal, namedWeights, reparameterise } from '@ae/models';
import { defineModel, type Autoencoder, type Batch, type RandomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { BatchSource, ExampleBatch } from '../src/batch.js';
import type { FitOptions } from '../src/fit-options.js';

/** A VAE of 4 x 4 images with 352 weights, noise, dropout while training, and a KL weight. */
export const toy = defineModel({
  name: 'toy',
  summary: 'A variational autoencoder that is small enough to be trained within a second',
  paper: {
    authors: 'D. P. Kingma, M. Welling',
    title: 'Auto-encoding variational Bayes',
    venue: 'ICLR',
    year: 2014,
  },
  defaults: { hidden: 8, dropout: 0.25 },
  build({ hidden, dropout }, _random): Autoencoder {
    const images = tf.input({ shape: [4, 4, 1] });
    const pixels = tf.layers.flatten().apply(images);
    const h = tf.layers.dense({ units: hidden, activation: 'relu', name: 'hidden' }).apply(pixels);
    const posterior = ['mean', 'logVar'].map(
      (name) => tf.layers.dense({ units: 2, name }).apply(h) as tf.SymbolicTensor,
    );
    const encoder = tf.model({ inputs: images, outputs: posterior });
    const layers = [
      tf.layers.dense({ units: hidden, activation: 'relu', inputShape: [2], name: 'hidden' }),
      tf.layers.dense({ units: 16, name: 'logits' }),
    ];
    const logits = tf.sequential({ layers, name: 'toLogits' });
    const toImages = [
      tf.layers.activation({ activation: 'sigmoid' }),
      tf.layers.reshape({ targetShape: [4, 4, 1] }),
    ];
    const decoder = tf.sequential({ layers: [logits, ...toImages] });
    const kl = tf.variable(tf.scalar(1), false);
    const drop = (x: tf.Tensor, random: RandomStream) =>
      tf.mul(x, tf.div(tf.cast(tf.greaterEqual(random.uniform(x.shape), dropout), 'float32'), 1 - dropout));
    return {
      encoder,
      decoder,
      encode: (x) => (encoder.apply(x) as tf.Tensor2D[])[0]!,
      decode: (codes) => decoder.apply(codes) as tf.Tensor4D,
      annealed: { kl },
      objectives: {
        elbo: {
          variables: () =>
            [...encoder.trainableWeights, ...decoder.trainableWeights].map((w) => w.read() as tf.Variable),
          loss(batch: Batch, random: RandomStream, training: boolean) {
            const x = training ? (drop(batch.images, random) as tf.Tensor4D) : batch.images;
            const [mean, logVar] = encoder.apply(x) as [tf.Tensor2D, tf.Tensor2D];
            const code = reparameterise(mean, logVar, random);
            const reconstruction = bernoulliNll(
              logits.apply(code) as tf.Tensor,
              tf.reshape(batch.images, [-1, 16]),
            );
            const divergence = klToStandardNormal(mean, logVar);
            return { loss: tf.add(reconstruction, tf.mul(kl, divergence)), reconstruction, kl: divergence };
          },
        },
      },
    };
  },
});

/** Batches that lie in memory. */
export interface ToyImages extends BatchSource {
  epoch(n: number, fromBatch?: number): Iterable<ExampleBatch>;
}

/** Bars at four places, bright or less so, in an order that follows from the epoch; the last batch is smaller. */
export function toyImages({ count = 40, batchSize = 16 } = {}): ToyImages {
  const image = (i: number) =>
    Array.from({ length: 16 }, (_, pixel) => (pixel % 4 === i % 4 ? 255 - 10 * (i % 9) : 5));
  return {
    length: Math.ceil(count / batchSize),
    count,
    *epoch(n, fromBatch = 0) {
      const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => place(a, n) - place(b, n));
      for (let at = fromBatch * batchSize; at < count; at += batchSize) {
        const chosen = order.slice(at, at + batchSize);
        const values = Uint8Array.from(chosen.flatMap(image));
        yield { values, size: chosen.length, shape: [4, 4, 1] } satisfies ExampleBatch;
      }
    },
  };
}

const place = (i: number, epoch: number) => (i * 7919 + epoch * 104_729 + i * i * epoch * 31) % 1009;

/** What most tests train with. */
export const toyOptions = (random: RandomStream): FitOptions => ({
  train: toyImages(),
  epochs: 3,
  optimizer: { name: 'adam', learningRate: 0.01 },
  random,
});

/** The backend that is everywhere, without its greeting. */
export async function useCpu(): Promise<void> {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
}

/** SHA-256 over all weights, names included. */
export async function weightsHash(model: Autoencoder): Promise<string> {
  const hash = createHash('sha256');
  for (const [name, variable] of Object.entries(namedWeights(model)))
    hash.update(name).update(new Uint8Array((await variable.data()).buffer.slice(0)));
  return hash.digest('hex');
}
