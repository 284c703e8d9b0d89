import type * as tf from '@tensorflow/tfjs';

import type { Code } from './code.js';
import type { DataKind } from './data-kind.js';
import type { RandomStream } from './random.js';

/**
 * Images, and what is known of them, as a training step sees them. Whatever a model encodes are its images: pictures, the
 * rows of a table, windows of a series.
 */
export interface Batch {
  /** `[batch, ...shape]`: `[batch, height, width, channels]`, `[batch, columns]`, `[batch, steps, channels]`. */
  images: tf.Tensor;
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
}

/** What is known beside the images or the codes; a model that is not conditional takes no notice. */
export interface Given {
  /** `[batch]`, int32: of the images that are encoded, or of those that are to be made. */
  labels?: tf.Tensor1D;
}

/** What every model is: two ordinary TensorFlow.js models, and how they are used and trained together. */
export interface Autoencoder {
  /** `[batch, ...shape]` → code; a VAE's has two outputs, mean and log-variance. */
  encoder: tf.LayersModel;
  /** `[batch, latentDim]` → images, `[batch, ...shape]`. */
  decoder: tf.LayersModel;
  /** Further networks by name, such as a critic or a prior; saved and freed as the encoder and the decoder are. */
  networks?: Record<string, tf.LayersModel>;
  /** Trained by gradient though no layer holds them, such as a codebook; an objective's `variables()` has each. */
  parameters?: Record<string, tf.Variable>;
  /** Changed by training but not by gradient, such as moving averages; saved and resumed, and no optimiser's. */
  state?: Record<string, tf.Variable>;
  /** Scalars in the losses that a recipe's `anneal` moves, such as the weight of a KL term; what `build` gives is the default. */
  annealed?: Record<string, tf.Variable>;
  /**
   * What values its images have: from 0 to 1, or any finite numbers where its loss allows them (a Bernoulli likelihood
   * does not). Others are refused before they are trained on. @default 'unit'
   */
  range?: 'unit' | 'any';
  /** Whether NaN among its images stands for a value that is missing, which its loss leaves out; otherwise it is refused. */
  missing?: boolean;
  /** What its codes mean. @default a vector of as many dimensions as the decoder takes numbers */
  code?: Code;
  /** The deterministic code, `[batch, latentDim]`: for a VAE the posterior's mean. */
  encode(images: tf.Tensor, given?: Given): tf.Tensor2D;
  /** Images, `[batch, ...shape]`; in [0, 1] unless the model's `range` is `any`. */
  decode(codes: tf.Tensor2D, given?: Given): tf.Tensor;
  /**
   * -log p(x | z) of every value of images given their codes, in nats, of the shape of the images: summed over an example
   * it is what its reconstruction costs, by column or pixel it says where. The squared error where a model has no
   * likelihood, 0 where a value is missing; absent where a model's loss has no such part.
   */
  valueNll?(images: tf.Tensor, codes: tf.Tensor2D): tf.Tensor;
  /** Images drawn from the model; absent where the model is not generative. */
  sample?(count: number, random: RandomStream, given?: Given): tf.Tensor;
  /** What is minimised, by name. */
  objectives: Record<string, Objective>;
  /** What it was built from, by which its saved weights are known again; `defineModel` sets it. */
  builtFrom?: BuiltFrom;
}

/** A definition by name, all options that it was given, and where the random stream stood. */
export interface BuiltFrom {
  model: string;
  options: ModelOptions;
  random: { seed: number; counter: number };
}

/**
 * An optimiser as plain data, so that it can stand in a recipe, in `run.json` and in a checkpoint: a kind that
 * `@ae/trainer` knows by its name, such as adam, the learning rate, and options of the kind.
 */
export interface OptimizerSpec {
  name: string;
  learningRate: number;
  [option: string]: number | string;
}

/**
 * How the learning rate moves over the run, as plain data: a schedule that `@ae/trainer` knows by its name, such as
 * cosine, and options of the schedule.
 */
export interface ScheduleSpec {
  name: string;
  [option: string]: number | string;
}

/**
 * How one of a model's `annealed` scalars moves, step by step, as plain data: with t of T steps done, at
 * `from + (to - from)·t/T` (linear), `from + (to - from)·(1 - cos(π·t/T))/2` (cosine), `from·(to/from)^(t/T)`
 * (exponential; both on one side of 0). Afterwards, and whenever validation looks, it is `to`.
 */
export interface AnnealSpec {
  from: number;
  to: number;
  /** Epochs from the start of the run, a fraction allowed. */
  over: number;
  /** @default 'linear' */
  by?: 'linear' | 'cosine' | 'exponential';
}

/** Which epoch's weights are kept: the last one's, or those where a column of the history is lowest, or highest. */
export type BestSpec = 'last' | { column: string; highest?: boolean };

/** A named way to build and train a model. */
export interface Recipe<Options extends ModelOptions = ModelOptions> {
  /** One sentence: whose numbers these are and what they are good for. */
  description: string;
  /** What differs from the model's defaults. */
  options?: Partial<Options>;
  optimizer: OptimizerSpec;
  schedule?: ScheduleSpec;
  /** How the model's `annealed` scalars move, by their names. */
  anneal?: Record<string, AnnealSpec>;
  /** @default the lowest `validation.loss`, which is that of the first objective */
  best?: BestSpec;
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

/** What an option may be; of a list, what each of its numbers may be, how many there are, and whether there are `some`. */
export type OptionRule =
  | readonly (string | number)[]
  | { whole?: boolean; from?: number; below?: number; count?: number; some?: boolean };

/** A model as data: what the command line, the docs and the tests read, and `build`. */
export interface ModelDefinition<Options extends ModelOptions = ModelOptions> {
  /** kebab-case, as it is asked for: `vae`, `conv-ae`. */
  name: string;
  /** One sentence: what it is, and what is new in it. */
  summary: string;
  /** Absent where a model is its author's own idea. */
  paper?: Paper;
  defaults: Options;
  /** What options may be, beyond the type of their default. */
  allowed?: { [Key in keyof Options]?: OptionRule };
  /** By name; every model has `default`. */
  recipes: Record<string, Recipe<Options>> & { default: Recipe<Options> };
  /** Other options than the defaults, where the data ask for them; `optionsForData` adds the shape. */
  forData?(data: DataKind): Partial<Options>;
  /**
   * Builds the model with every weight drawn from `random`; what remains in memory is exactly its variables.
   * @throws RangeError for an unknown option, naming the known ones, a value that is not allowed, too large a network
   * @throws TypeError for an option of another type than its default
   */
  build(options: Partial<Options>, random: RandomStream): Autoencoder;
}
