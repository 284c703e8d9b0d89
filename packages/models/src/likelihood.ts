import type * as tf from '@tensorflow/tfjs';

import type { OptionRule } from './autoencoder.js';
import type { Body } from './network.js';

/** What decides how likely an example is from what a decoder gives; each likelihood reads some of these. */
export interface LikelihoodOptions {
  /** Of one example. */
  shape: readonly number[];
  /** σ²: `one` is learned for all values, `each` for every value of an example, `fixed` is 1. */
  variance: 'one' | 'each' | 'fixed';
  /** Of a Student-t, above 0; 0 learns them, from 1 to 101. */
  degreesOfFreedom: number;
  /** Of the squared error, which is no likelihood: a sigmoid for values in [0, 1], `linear` for any. */
  output: 'sigmoid' | 'linear';
}

/** A decoder's last layers, and what the examples cost given what these layers give. */
export interface Likelihood {
  /** What values it is for: those in [0, 1], or any. */
  range: 'unit' | 'any';
  /** From a decoder's features to what the likelihood reads, which is of the shape of the examples, `[batch, ...shape]`. */
  output(body: Body): tf.layers.Layer[];
  /** From there to examples to look at: the likelihood's mean, or a Student-t's location. */
  mean: readonly tf.layers.Layer[];
  /** Trained though no layer holds them. */
  parameters: Record<string, tf.Variable>;
  /**
   * -log p(x | z) of every value, in nats, of the shape of the examples.
   * @param last what the output layers gave
   */
  nll(last: tf.Tensor, examples: tf.Tensor): tf.Tensor;
}

/** A kind of likelihood as data: found by its name, made for a shape. */
export interface LikelihoodKind {
  /** kebab-case, as the option `likelihood` has it. */
  name: string;
  /** One sentence: of which values. */
  summary: string;
  /** Those of the options that it reads beside `shape`. */
  reads: readonly Exclude<keyof LikelihoodOptions, 'shape'>[];
  make(options: LikelihoodOptions): Likelihood;
}

/** Of the likelihoods that are learned, for a model's `defaults`. */
export const likelihoodDefaults = {
  /** 'one': learned, one for all values. 'each': learned, one for each value of an example. 'fixed': 1. */
  variance: 'one' as LikelihoodOptions['variance'],
  /** Of a Student-t; 0 learns them. */
  degreesOfFreedom: 0,
};

/** What the options may be, for a model's `allowed`. */
export const likelihoodRules = {
  variance: ['one', 'each', 'fixed'],
  degreesOfFreedom: { from: 0, below: 1000 }, // from there on it is a Gaussian
} as const satisfies Record<keyof typeof likelihoodDefaults, OptionRule>;
