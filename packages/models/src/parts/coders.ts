import * as tf from '@tensorflow/tfjs';

import type { Code } from '../code.js';
import type { Body } from '../network.js';
import { inSequence } from './in-sequence.js';
import { MissingAsZero } from './missing.js';

/** An encoder and a decoder around a code, and the decoder up to its output layer. */
export interface Coders {
  /** `[batch, ...shape]` → what each head gives, `[batch, latentDim]`. */
  encoder: tf.LayersModel;
  decoder: tf.LayersModel;
  /** Codes → what the output layer reads: a loss may drop some of it out, or go on to logits instead of images. */
  features: tf.LayersModel;
  code: Code;
}

/**
 * Puts a network around a code.
 * @param options with `missing` NaN is 0 to the encoder
 * @param heads the dense layers that make the code of the encoder's features, by name, with their activations
 * @param output the layers from the decoder's features to the images
 */
export function coders(
  body: Body,
  { shape, latentDim, missing }: { shape: readonly number[]; latentDim: number; missing?: boolean },
  heads: Record<string, 'linear' | 'relu'>,
  output: tf.layers.Layer[],
): Coders {
  const images = tf.input({ shape: [...shape], name: 'images' });
  const whole = missing ? [new MissingAsZero({ name: 'whole' })] : [];
  const encoded = body.encode(inSequence(whole, images));
  const encoder = tf.model({
    inputs: images,
    outputs: Object.entries(heads).map(
      ([name, activation]) =>
        tf.layers.dense({ units: latentDim, activation, name }).apply(encoded) as tf.SymbolicTensor,
    ),
    name: 'encoder',
  });
  const codes = tf.input({ shape: [latentDim], name: 'codes' });
  const decoded = body.decode(codes);
  return {
    encoder,
    decoder: tf.model({ inputs: codes, outputs: inSequence(output, decoded), name: 'decoder' }),
    features: tf.model({ inputs: codes, outputs: decoded, name: 'features' }),
    code: { kind: 'vector', dimensions: latentDim },
  };
}
