import type { Autoencoder } from '@ae/models';

import { eachBatch } from './each-batch.js';
import { evaluateUntil } from './evaluate.js';
import { checkFitOptions, type FitOptions } from './fit-options.js';
import type { HistoryRow } from './history.js';
import { startRun } from './run.js';

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
  checkFitOptions(model, options);
  const { train, validation, epochs, random, signal } = options;
  const aborted = () => signal?.aborted === true;
  const run = startRun(model, options);
  try {
    await run.callHook('onStart');
    await run.pause();
    while (run.epoch <= epochs && !run.stopReason) {
      await eachBatch(train.epoch(run.epoch, run.batch), run.train, () => run.stopReason !== undefined);
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
    await run.callHook('onEnd').finally(run.dispose);
  }
}
