import type * as tf from '@tensorflow/tfjs';

import type { RandomStream } from './random.js';

/** Images, and what is known of them, as a training step sees them. */
export interface Batch {
  /** `[batch, height, width, channels]`, values in [0, 1]. */
  images: tf.Tensor4D;
  /** `[batch]`, int32. */
  labels?: tf.Tensor1D;
}

/**
 * Named scalars of one batch. `loss` is what is minimised; the others say what it is made of (`reconstruction`,
 * `kl`, …). Every term is summed over pixels or code dimensions and averaged over the batch, so that nats and
 * squared errors are per image.
 */
export type LossTerms = { loss: tf.Scalar } & Record<string, tf.Scalar>;

/** Something to minimise over some of a model's variables. Most models have one, adversarial ones several. */
export interface Objective {
  /** The variables that a step changes, always in the same order. */
  variables(): tf.Variable[];
  /**
   * The loss terms of one batch; noise is drawn from `random`. Called inside `tf.tidy`.
   * @param training false where a test or validation loss is measured: then there is no dropout and no added noise
   */
  loss(batch: Batch, random: RandomStream, training: boolean): LossTerms;
  /** Factors of the terms in the loss, not trained, such as the weight of the KL term that a warm-up raises. */
  termWeights?: Record<string, tf.Variable>;
}

/** What every model is: two ordinary TensorFlow.js models, and how they are used and trained together. */
export interface Autoencoder {
  /** `[batch, height, width, channels]` → code; a VAE's has two outputs, mean and log-variance. */
  encoder: tf.LayersModel;
  /** `[batch, latentDim]` → images in [0, 1], `[batch, height, width, channels]`. */
  decoder: tf.LayersModel;
  /** The deterministic code, `[batch, latentDim]`: for a VAE the posterior's mean. */
  encode(images: tf.Tensor4D): tf.Tensor2D;
  /** Images in [0, 1], `[batch, height, width, channels]`. */
  decode(codes: tf.Tensor2D): tf.Tensor4D;
  /** Images drawn from the model; absent where the model is not generative. */
  sample?(count: number, random: RandomStream): tf.Tensor4D;
  /** What is minimised, by name. */
  objectives: Record<string, Objective>;
}

/** An optimiser as plain data, so that it can stand in a recipe, in `run.json` and in a checkpoint. */
export interface OptimizerSpec {
  name: 'adam' | 'adamax' | 'sgd' | 'rmsprop';
  learningRate: number;
  /** Decay of the first moment (adam, adamax). @default 0.9 */
  beta1?: number;
  /** Decay of the second moment or of the infinity norm (adam, adamax). @default 0.999 */
  beta2?: number;
  /** Added to the denominator (adam, adamax, rmsprop). @default 1e-8 */
  epsilon?: number;
  /** Share of the last update that is kept (sgd, rmsprop). @default 0 */
  momentum?: number;
  /** Decay of the mean square (rmsprop). @default 0.9 */
  decay?: number;
}

/** How the learning rate moves over the epochs, as plain data. */
export type ScheduleSpec =
  | { name: 'constant' }
  /** From the given rate to `final` times it, along half a cosine. */
  | { name: 'cosine'; final?: number }
  /** Multiplied by `factor` every `every` epochs. */
  | { name: 'step'; every: number; factor: number };

/** A named way to build and train a model. */
export interface Recipe<Options extends ModelOptions = ModelOptions> {
  /** One sentence: whose numbers these are and what they are good for. */
  description: string;
  /** What differs from the model's defaults. */
  options?: Partial<Options>;
  optimizer: OptimizerSpec;
  schedule?: ScheduleSpec;
  /** Epochs over which the weight of the KL term rises from 0 to its value. */
  klWarmUpEpochs?: number;
  batchSize: number;
  epochs: number;
}

/** Where a model comes from. */
export interface Paper {
  authors: string;
  title: string;
  venue: string;
  year: number;
  url?: string;
}

/** What a model's options may hold, so that they can be given on a command line and kept in JSON. */
export type ModelOptions = Record<string, number | string | boolean | readonly number[]>;

/** A model as data: what the command line, the docs and the tests read, and `build`. */
export interface ModelDefinition<Options extends ModelOptions = ModelOptions> {
  /** kebab-case, as it is asked for: `vae`, `conv-ae`. */
  name: string;
  /** One sentence: what it is, and what is new in it. */
  summary: string;
  paper: Paper;
  defaults: Options;
  /** By name; every model has `default`. */
  recipes: Record<string, Recipe<Options>> & { default: Recipe<Options> };
  /**
   * Builds the model with every weight drawn from `random`; what remains in memory is exactly its variables.
   * @throws RangeError for an unknown option, naming the known ones
   * @throws TypeError for an option of another type than its default
   */
  build(options: Partial<Options>, random: RandomStream): Autoencoder;
}
