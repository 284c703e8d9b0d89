import type { Autoencoder, OptimizerSpec, RandomStream } from '@ae/models';

import type { BatchSource } from './batch.js';
import type { Callback, HistoryRow } from './callback.js';
import { evaluateUntil } from './evaluate.js';
import { startRun } from './run.js';
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

export interface FitResult {
  /** One row an epoch. */
  history: HistoryRow[];
  /** `finished`, `aborted`, or the reason that a callback gave. */
  stopReason: string;
}

/**
 * Trains a model in place: for each epoch, for each batch, one gradient step per objective; then the means,
 * validation, and the callbacks. Every loss term is summed over pixels (or code dimensions) and averaged over the
 * batch by the model, and averaged over the epoch's images here; so a row holds nats, or squared error, per image.
 * Afterwards the only new things in memory are the weights' new values.
 * @throws RangeError for a bad option or a state that does not fit
 */
export async function fit(model: Autoencoder, options: FitOptions): Promise<FitResult> {
  checkOptions(model, options);
  const { train, validation, epochs, random, signal } = options;
  const aborted = () => signal?.aborted === true;
  const run = startRun(model, options);
  try {
    await run.tell('onStart');
    await run.pause();
    while (run.epoch <= epochs && !run.stopReason) {
      for (const batch of train.epoch(run.epoch, run.batch)) {
        if (run.train(batch)) await run.settle();
        if (run.stopReason) break;
      }
      await run.endTraining();
      if (run.stopReason) break;
      const measured = validation && (await evaluateUntil(model, validation, random, aborted));
      if (measured === 'stopped') break;
      await run.endEpoch(measured);
    }
    run.stop(run.epoch > epochs ? 'finished' : 'aborted');
    await run.pause();
    return { history: [...run.history], stopReason: run.stopReason! };
  } catch (error) {
    run.fail();
    throw error;
  } finally {
    await run.tell('onEnd').finally(run.dispose);
  }
}

function checkOptions(model: Autoencoder, { train, validation, epochs, callbacks = [] }: FitOptions): void {
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
