import { convolve, convolveTransposed, type Convolution } from './convolution.js';
import { multiply, type Dense } from './dense.js';

/** MNIST's images: 28 by 28 pixels. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;

export type Layer = Dense | Convolution;

/**
 * A trained autoencoder as plain data, which can be posted to a worker and runs without TensorFlow.js: for one image
 * at a time that is faster than a tensor library, and a page that only decodes need not download one.
 */
export interface Network {
  name: string;
  latentDim: number;
  /** Whether codes are drawn to a standard normal, so that the prior can be sampled. */
  generative: boolean;
  encoder: Layer[];
  decoder: Layer[];
}

/** `[784]` in [0, 1] → `[latentDim]`; for a VAE the posterior's mean. */
export const encode = (network: Network, image: Float32Array): Float32Array => run(network.encoder, image);

/** `[latentDim]` → `[784]` in [0, 1]. */
export const decode = (network: Network, code: Float32Array): Float32Array => run(network.decoder, code);

function run(layers: Layer[], input: Float32Array): Float32Array {
  let values = input;
  for (const layer of layers) {
    values = apply(layer, values);
    activate(layer.activation, values);
  }
  return values;
}

function apply(layer: Layer, input: Float32Array): Float32Array {
  if (layer.kind === 'dense') return multiply(layer, input);
  return layer.kind === 'convolution' ? convolve(layer, input) : convolveTransposed(layer, input);
}

export type Activation = 'linear' | 'relu' | 'swish' | 'sigmoid';

function activate(activation: Activation, values: Float32Array): void {
  if (activation === 'relu') for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]!);
  if (activation === 'swish') for (let i = 0; i < values.length; i++) values[i]! /= 1 + Math.exp(-values[i]!);
  if (activation === 'sigmoid')
    for (let i = 0; i < values.length; i++) values[i] = 1 / (1 + Math.exp(-values[i]!));
}
