import * as tf from '@tensorflow/tfjs';

import { type Likelihood, likelihoodDefaults, type LikelihoodOptions } from '../likelihood.js';
import { withCategories } from './categories.js';
import { likelihoods } from './likelihoods/index.js';
import { observed } from './missing.js';

/** Those in nats, which a KL term can be weighed against. */
export type LikelihoodName = Exclude<keyof typeof likelihoods, 'squared-error'>;
export const likelihoodNames = Object.keys(likelihoods).filter((name) => name !== 'squared-error');

/** What a model's options say of its examples; those that a model leaves out are as the defaults of the zoo have them. */
export interface ObservationOptions extends Partial<Omit<LikelihoodOptions, 'shape'>> {
  shape: readonly number[];
  likelihood: keyof typeof likelihoods;
  /** For each column 0, or the number of the category that it is a place of; empty where all are numbers. */
  categories?: readonly number[];
  /** Whether NaN stands for a value that is missing. */
  missing?: boolean;
}

/** The likelihood of a model's examples, with categories and missing values where it has them. */
export interface Observation extends Pick<Likelihood, 'range' | 'output' | 'mean' | 'parameters'> {
  missing: boolean;
  /** Examples without a NaN, for the encoder and the loss. */
  fill(examples: tf.Tensor): tf.Tensor;
  /** -log p(x | z) of every value, `[batch, ...shape]`, 0 where it is missing. */
  valueNll(last: tf.Tensor, examples: tf.Tensor): tf.Tensor;
}

/** @throws RangeError where the categories are not those of the shape, or do not go with the likelihood */
export function observationOf(options: ObservationOptions): Observation {
  const { shape, likelihood, categories = [], missing = false, output = 'sigmoid' } = options;
  const numbers = likelihoods[likelihood].make({ ...likelihoodDefaults, output, ...options });
  const { nll, ...made } = withCategories(numbers, { categories, shape });
  if (!missing) return { ...made, missing, fill: (examples) => examples, valueNll: nll };
  return {
    ...made,
    missing,
    fill: (examples) => observed(examples).examples,
    valueNll(last, examples) {
      const { examples: filled, seen } = observed(examples);
      return tf.mul(nll(last, filled), seen);
    },
  };
}
