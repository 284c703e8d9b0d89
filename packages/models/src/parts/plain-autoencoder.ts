import type * as tf from '@tensorflow/tfjs';

import type { Autoencoder, Batch } from '../autoencoder.js';
import type { RandomStream } from '../random.js';
import type { Coders } from './coders.js';
import { squaredError } from './likelihood.js';
import { trainableVariables } from './trainable-variables.js';

/**
 * An autoencoder whose code is a point and whose loss is the squared error of the reconstruction.
 * @param output the decoder's last activation: a linear one has any values, a sigmoid those in [0, 1]
 * @param reconstruct codes → images as the loss sees them; @default the decoder
 */
export function plainAutoencoder(
  { encoder, decoder, code }: Omit<Coders, 'features'>,
  output: 'linear' | 'sigmoid',
  reconstruct?: (codes: tf.Tensor2D, random: RandomStream, training: boolean) => tf.Tensor,
): Autoencoder {
  const encode = (images: tf.Tensor) => encoder.apply(images) as tf.Tensor2D;
  const decode = (codes: tf.Tensor2D) => decoder.apply(codes) as tf.Tensor;
  const reconstruction = {
    variables: () => trainableVariables(encoder, decoder),
    loss({ images }: Batch, random: RandomStream, training: boolean) {
      const loss = squaredError((reconstruct ?? decode)(encode(images), random, training), images);
      return { loss, reconstruction: loss };
    },
  };
  const range = output === 'linear' ? 'any' : 'unit';
  return { encoder, decoder, code, range, encode, decode, objectives: { reconstruction } };
}
