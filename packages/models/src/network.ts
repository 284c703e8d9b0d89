import type * as tf from '@tensorflow/tfjs';

import type { OptionRule } from './autoencoder.js';

/** Of the hidden layers of a network: `swish` is x · σ(x), Ramachandran, Zoph & Le 2017. */
export type Activation = 'relu' | 'swish';

/** What a network is made of; each reads some of these. */
export interface NetworkOptions {
  /** Of one example: `[height, width, channels]`, `[columns]` or `[steps, channels]`. */
  shape: readonly number[];
  /** Units of the dense layers between the examples, or their feature map, and the code; a number is one such layer, 0 none. */
  hidden: number | readonly number[];
  /** Feature maps of each convolution. */
  channels: readonly number[];
  /** Side of the convolutions' kernels. */
  kernelSize: number;
  /** 2 halves the sides with every convolution; 1 keeps them, less the kernel's border. */
  strides: number;
  activation: Activation;
}

/** The layers on either side of a code, without the code's own, which a paper has. */
export interface Body {
  /** Images, `[batch, ...shape]` → features, `[batch, n]`. */
  encode(images: tf.SymbolicTensor): tf.SymbolicTensor;
  /** Codes, `[batch, latentDim]` → features, which the output layer reads. */
  decode(codes: tf.SymbolicTensor): tf.SymbolicTensor;
  /**
   * From those features to `[batch, ...shape]`: one layer with weights, and what gives its output the shape.
   * @param name of the layer with weights
   */
  output(activation: 'linear' | 'sigmoid', name?: string): tf.layers.Layer[];
}

/** A kind of network as data: found by its name, built for a shape. */
export interface Network {
  /** kebab-case, as the option `network` has it. */
  name: string;
  /** One sentence: what its layers are, and for which shapes. */
  summary: string;
  /** Those of the options that it reads beside `shape`. */
  reads: readonly Exclude<keyof NetworkOptions, 'shape'>[];
  /** @throws RangeError where the shape is not one of its kind, or the layers leave nothing of it */
  body(options: NetworkOptions): Body;
}

/** Those that no model's paper has an opinion of. */
export const networkDefaults = {
  shape: [28, 28, 1] as readonly number[],
  kernelSize: 3,
  strides: 2,
  activation: 'relu' as Activation,
};

/** What the options may be, for a model's `allowed`. */
export const networkRules = {
  shape: { whole: true, from: 1, some: true },
  hidden: { whole: true, from: 1 },
  channels: { whole: true, from: 1, some: true },
  kernelSize: { whole: true, from: 1 },
  strides: [1, 2],
  activation: ['relu', 'swish'],
} as const satisfies Record<keyof NetworkOptions, OptionRule>;
