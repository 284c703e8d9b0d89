import { namedWeights, type Autoencoder } from '@ae/models';

import type { ExampleBatch } from './batch.js';
import { breathe } from './breathe.js';
import type { HistoryRow, Run, StepLog } from './callback.js';
import { callbackStates, restoreCallbacks } from './callback-states.js';
import { batchDoor } from './check-batch.js';
import { isCompared } from './compared-steps.js';
import type { FitOptions } from './fit.js';
import { withoutLateVariables } from './late-variables.js';
import { onceEach } from './once-each.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import { runningMean } from './running-mean.js';
import { trainingStep, type Terms } from './step.js';
import { stopwatch } from './stopwatch.js';
import { readTensors } from './tensor-data.js';
import { namedVariables, resumeModel } from './training-state.js';

/** Seconds after which timers, signals and `onPause` have their turn. */
const PAUSE_EVERY = 0.05;
/** Steps whose numbers may be on their way from a GPU at a time. */
const MOST_PENDING = 16;

/** A run as the loop drives it. */
export interface ActiveRun extends Run {
  /** Does one step, and says whether it is time to settle. */
  train(batch: ExampleBatch): boolean;
  /** Reads and tells the numbers of the steps that are done; pauses when it is time. */
  settle(): Promise<void>;
  /** Lets events have their turn, looks at the signal, and tells `onPause`. */
  pause(): Promise<void>;
  tell(hook: 'onStart' | 'onEnd'): Promise<void>;
  /** Settles what is left, and lets everyone get ready for validation. */
  endTraining(): Promise<void>;
  /** Adds and tells the row of the epoch, and goes on to the next one. */
  endEpoch(validation: Terms | undefined): Promise<void>;
  /** Notes that the run ends with an error. */
  fail(): void;
  /** Frees what the run has made; the model keeps its weights. */
  dispose(): Promise<void>;
}

/** What changes in the course of a run, from its start or from where `options.resume` left it. */
export function startRun(model: Autoencoder, options: FitOptions): ActiveRun {
  const { train, random, callbacks = [], signal, resume } = options;
  const notice = onceEach(options.onNotice ?? (() => {}));
  if (resume) resumeModel(model, resume, options);
  const optimizers = startOptimizers(model, options);
  const steps = trainingStep(model, optimizers, random, notice);
  restoreCallbacks(callbacks, resume?.callbacks ?? {});
  if (resume) random.counter = resume.random.counter;

  const door = batchDoor('Cannot train', model, train.length);
  let { epoch, batch, step } = resume ?? { epoch: 1, batch: 0, step: 0 };
  let stopReason: string | undefined;
  let pending: { images: number; log: Omit<StepLog, 'terms'>; terms: Promise<Terms> }[] = [];
  const history: HistoryRow[] = [...(resume?.history ?? [])];
  let means = runningMean(resume?.means);
  const seconds = stopwatch(resume?.seconds);
  let trainingSeconds = stopwatch(resume?.trainingSeconds);
  let sincePause = stopwatch();
  let imagesPerSecond = 0;

  const run: ActiveRun = {
    model,
    epochs: options.epochs,
    batchesPerEpoch: train.length,
    imagesPerEpoch: train.count,
    initialLearningRate: options.optimizer.learningRate,
    history,
    get epoch() {
      return epoch;
    },
    get batch() {
      return batch;
    },
    get step() {
      return step;
    },
    get stopReason() {
      return stopReason;
    },
    get seconds() {
      return seconds();
    },
    get means() {
      return means.mean();
    },
    get learningRate() {
      return Object.values(optimizers)[0]!.learningRate;
    },
    set learningRate(rate) {
      for (const optimizer of Object.values(optimizers)) optimizer.learningRate = rate;
    },
    stop(reason) {
      stopReason ??= reason;
    },
    notice,
    fail() {
      stopReason = 'failed';
    },

    train(given) {
      const images = door(given);
      for (const callback of callbacks) callback.beforeStep?.(run);
      const place = { step: step + 1, ofEpoch: batch + 1 };
      const take = () => steps.run(images, place);
      const terms = isCompared(place.step, place) ? withoutLateVariables(take) : take();
      batch += 1;
      step += 1;
      pending.push({ images: images.size, log: { epoch, batch, step }, terms });
      return pending.length >= MOST_PENDING || sincePause() >= PAUSE_EVERY;
    },

    async settle() {
      const numbers = await Promise.all(pending.map(({ terms }) => terms));
      const done = pending;
      pending = [];
      done.forEach(({ images, log }, i) => {
        means.add(numbers[i]!, images);
        for (const callback of callbacks) callback.onStep?.(run, { ...log, terms: numbers[i]! });
      });
      if (sincePause() >= PAUSE_EVERY) await run.pause();
    },

    async pause() {
      const trained = trainingSeconds();
      await breathe();
      if (signal?.aborted && epoch <= options.epochs) run.stop('aborted');
      for (const callback of callbacks) await callback.onPause?.(run);
      trainingSeconds = stopwatch(trained);
      sincePause = stopwatch();
    },

    async tell(hook) {
      const trained = trainingSeconds();
      for (const callback of callbacks) await callback[hook]?.(run);
      trainingSeconds = stopwatch(trained);
    },

    async endTraining() {
      await run.settle();
      imagesPerSecond = means.state().images / trainingSeconds();
      if (stopReason === undefined) await run.pause();
      if (stopReason === undefined) for (const callback of callbacks) await callback.beforeValidation?.(run);
    },

    async endEpoch(validation = {}) {
      const row: HistoryRow = {
        epoch,
        step,
        seconds: seconds(),
        imagesPerSecond,
        learningRate: run.learningRate,
        ...withPrefix('train.', means.mean()),
        ...withPrefix('validation.', validation),
      };
      history.push(row);
      for (const callback of callbacks) await callback.onEpoch?.(run, row);
      epoch += 1;
      batch = 0;
      means = runningMean();
      trainingSeconds = stopwatch();
      await run.pause();
    },

    async state() {
      const states = Object.entries(optimizers).map(
        async ([name, optimizer]) => [name, await optimizer.state()] as const,
      );
      return {
        weights: await readTensors(namedWeights(model)),
        optimizer: options.optimizer,
        optimizers: Object.fromEntries(await Promise.all(states)),
        random: { seed: random.seed, counter: random.counter },
        source: { length: train.length, count: train.count },
        epoch,
        batch,
        step,
        seconds: seconds(),
        trainingSeconds: trainingSeconds(),
        means: means.state(),
        callbacks: callbackStates(callbacks),
        history: [...history],
      };
    },

    async dispose() {
      await Promise.allSettled(pending.map(({ terms }) => terms));
      steps.dispose();
      for (const optimizer of Object.values(optimizers)) optimizer.dispose();
    },
  };
  return run;
}

/** One per objective, each with what it remembered. */
function startOptimizers(
  model: Autoencoder,
  { optimizer: spec, resume }: FitOptions,
): Record<string, Optimizer> {
  const optimizers: Record<string, Optimizer> = {};
  try {
    for (const { name, variables } of namedVariables(model)) {
      const optimizer = (optimizers[name] = createOptimizer(spec, variables));
      if (resume) optimizer.restore(resume.optimizers[name]!);
    }
  } catch (error) {
    for (const optimizer of Object.values(optimizers)) optimizer.dispose();
    throw error;
  }
  return optimizers;
}

const withPrefix = (prefix: string, terms: Terms) =>
  Object.fromEntries(Object.entries(terms).map(([name, value]) => [prefix + name, value]));
