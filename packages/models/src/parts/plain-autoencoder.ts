import type * as tf from '@tensorflow/tfjs';

import type { Autoencoder, Batch } from '../autoencoder.js';
import type { RandomStream } from '../random.js';
import type { Code } from '../code.js';
import { batchMean } from './batch-mean.js';
import type { Coders } from './coders.js';
import type { Observation } from './observation.js';
import { trainableVariables } from './trainable-variables.js';

/** What a loss may do otherwise than the model does. */
interface InTraining {
  /** What is encoded in training in place of the images, in which nothing is missing any more. */
  corrupt(images: tf.Tensor, random: RandomStream): tf.Tensor;
  /** Codes → what the observation reads, @default the decoder; where it is `dropping` a loss is trained on. */
  last(codes: tf.Tensor2D, dropping?: RandomStream): tf.Tensor;
}

/** Codes that are not the encoder's own numbers, such as indices. */
export interface Quantiser {
  code: Code;
  /** What the encoder gives → codes; straight-through, as rounding has no gradient of use. */
  quantise(numbers: tf.Tensor2D): tf.Tensor2D;
  /** Codes → what the decoder reads. */
  read(codes: tf.Tensor2D): tf.Tensor2D;
}

/**
 * An autoencoder whose code is a point and whose loss is what the examples cost given it: their squared error, or -log p.
 * @param options.quantiser makes codes of what the encoder gives, @default that is the code
 */
export function plainAutoencoder(
  { encoder, decoder, code: numbers }: Omit<Coders, 'features'>,
  { range, missing, parameters, fill, valueNll }: Observation,
  {
    corrupt,
    last,
    quantiser: { code, quantise, read } = { code: numbers, quantise: same, read: same },
  }: Partial<InTraining> & { quantiser?: Quantiser } = {},
): Autoencoder {
  const encode = (images: tf.Tensor) => quantise(encoder.apply(images) as tf.Tensor2D);
  const decode = (codes: tf.Tensor2D) => decoder.apply(read(codes)) as tf.Tensor;
  const lastOf = last ?? decode;
  const reconstruction = {
    variables: () => [...trainableVariables(encoder, decoder), ...Object.values(parameters)],
    loss({ images }: Batch, random: RandomStream, training: boolean) {
      const known = fill(images);
      const codes = encode(training && corrupt ? corrupt(known, random) : known);
      const loss = batchMean(valueNll(lastOf(codes, training ? random : undefined), images));
      return { loss, reconstruction: loss };
    },
  };
  return {
    ...{ encoder, decoder, code, range, missing, parameters, encode, decode },
    valueNll: (images, codes) => valueNll(lastOf(codes), images),
    objectives: { reconstruction },
  };
}

const same = (codes: tf.Tensor2D) => codes;
