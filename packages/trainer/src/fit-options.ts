import type { Autoencoder, OptimizerSpec, RandomStream } from '@ae/models';

import type { BatchSource } from './batch.js';
import type { Callback } from './callback.js';
import type { TrainingState } from './training-state.js';

export interface FitOptions {
  train: BatchSource;
  /** Measured after every epoch, with dropout and other noise of the training off. */
  validation?: BatchSource;
  /** Epochs of the whole run, those before a resume included. */
  epochs: number;
  /** One optimiser of this kind is made per objective. */
  optimizer: OptimizerSpec;
  /** Where all noise is drawn from; moves on with every step. */
  random: RandomStream;
  /** Told in this order. @default none */
  callbacks?: readonly Callback[];
  /** Stops the run after the step in progress, such as an `AbortSignal`. */
  signal?: { readonly aborted: boolean };
  /** Where an earlier run stopped: goes on from there as if it never had. */
  resume?: TrainingState;
  /**
   * Is told, once each, what the user should know: a slower path, steps that may have used an old value, noise that no
   * seed gives, a guess that was made.
   */
  onNotice?: (text: string) => void;
}

/** @throws RangeError for a number out of its range, TypeError for a model or a list of callbacks that is none */
export function checkFitOptions(
  model: Autoencoder,
  { train, validation, epochs, callbacks = [] }: FitOptions,
): void {
  if (!Number.isSafeInteger(epochs) || epochs < 1)
    throw new RangeError(`Cannot train: epochs is ${epochs}, expected a whole number from 1`);
  if (train.length < 1 || (validation && validation.length < 1))
    throw new RangeError(
      `Cannot train: found no ${train.length < 1 ? 'training' : 'validation'} batch, expected one at least`,
    );
  if (Object.keys(model.objectives).length === 0)
    throw new TypeError('Cannot train: the model has no objective, expected one at least');
  const names = callbacks.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new TypeError(`Cannot train: found two callbacks called "${twice}", expected every name once`);
}
