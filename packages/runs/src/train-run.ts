import { rmdir } from 'node:fs/promises';

import { shellWord } from './command-line.js';
import type { Observer } from './observer.js';
import { openRun, type Run } from './open-run.js';
import type { TrainOptions } from './options.js';
import type { LocatedSource } from './own-code/source.js';
import { trust } from './own-code/trust.js';
import { newJob, type ModelChoice } from './prepare/new-job.js';
import { isToGoOn, resumedJob } from './prepare/resumed-job.js';
import type { TrainingJob } from './prepare/training-job.js';
import { readRun, verifyFiles } from './record/read-run.js';
import { stoppable } from './stop.js';
import { train } from './training.js';

/**
 * Trains a model and leaves the whole run folder: weights, history, figures and report; or goes on with a run.
 * ```ts
 * const run = await trainRun({ model: 'vae', data: 'mnist' });
 * run.metrics?.test; // { loss, reconstruction, kl, mse }
 * ```
 * @throws UsageError for a model, a recipe, an option, data or a folder that cannot be used, naming what can
 * @throws StoppedOnRequest once `signal` was aborted and everything is saved
 * @throws NonFiniteError where the loss is no number any more
 */
export const trainRun = (options: TrainOptions, observer: Observer = {}): Promise<Run> =>
  trainFor({ command: 'ae train' }, options, observer);

/** What a run is trained for. */
export interface Purpose {
  /** The command that goes on with it, but for the run folder. */
  command: string;
  /** Chooses a model by the data, where none is named. */
  modelFor?: ModelChoice;
}

/** As `trainRun`, for a purpose of more steps than the training. */
export async function trainFor(purpose: Purpose, options: TrainOptions, observer: Observer): Promise<Run> {
  const { modelFor } = purpose;
  const trained = await stoppable(options.signal, async (stop) => {
    const job = await (isToGoOn(options, observer) ? resumedJob : newJob)(options, {
      observer,
      stop,
      modelFor,
    });
    return job && trainJob(job, purpose, options, observer);
  });
  return trained ?? openFinished(options, observer);
}

async function trainJob(
  job: TrainingJob,
  { command }: Purpose,
  { out, live }: TrainOptions,
  observer: Observer,
): Promise<Run> {
  const { found, settings, data, backend, folder, stop } = job;
  observer.notice?.(
    `${found.definition.name}, recipe ${settings.recipe}, on ${data.record.name}: ${data.record.source}`,
  );
  observer.notice?.(`backend ${backend.name}: ${backend.why}`);
  observer.notice?.(`run folder ${folder}`);
  for (const source of [found.source, data.source]) if (source) await rememberTrust(source, observer);
  try {
    stop.check();
    stop.saves(`${command} --out ${shellWord(folder)} --resume`);
    return await (live ? trainWatched(job, observer) : train(job, observer));
  } catch (error) {
    if (out === undefined) await rmdir(folder).catch(() => {}); // nothing came of it, or it is not empty
    throw error;
  }
}

async function trainWatched(job: TrainingJob, observer: Observer) {
  const { withLiveView } = await import('./live/live-view.js'); // loads the drawing only now
  return withLiveView(job, ({ url, callbacks }) => {
    observer.notice?.(`live view ${url}`);
    return train({ ...job, callbacks }, observer);
  });
}

/** Who trains with a file trusts it; that it cannot be remembered costs a word later on, not the run. */
const rememberTrust = (source: LocatedSource, observer: Observer): Promise<void> =>
  trust(source, `Trained with ${source.file}`).catch((error: Error) =>
    observer.notice?.(`That this code is trusted is not remembered: ${error.message}`),
  );

async function openFinished(options: TrainOptions, observer: Observer): Promise<Run> {
  const folder = options.out!;
  const record = await readRun(folder);
  await verifyFiles(folder, record);
  observer.notice?.(
    `${folder} has finished its ${record.epochs} epochs, nothing is left to do; for more, say --epochs ${2 * record.epochs}`,
  );
  return openRun(folder, options, observer);
}
