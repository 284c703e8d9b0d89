import { namedWeights, type Autoencoder } from '@ae/models';

import { batchChecker } from './batch-checker.js';
import type { ExampleBatch } from './batch.js';
import type { Run } from './callback.js';
import { callbackStates, restoreCallbacks } from './callback-states.js';
import { isCompared } from './compared-steps.js';
import type { FitOptions } from './fit-options.js';
import type { HistoryRow, StepPlace } from './history.js';
import { withoutLateVariables } from './late-variables.js';
import { objectiveOptimizers } from './objective-optimizers.js';
import { onceEach } from './once-each.js';
import { resumeModel } from './resume-model.js';
import { runningMean } from './running-mean.js';
import { stopwatch } from './stopwatch.js';
import { readTensors } from './tensor-data.js';
import { withPrefix, type Terms } from './terms.js';
import { trainingStep } from './training-step.js';
import { yieldToEvents } from './yield-to-events.js';

/** Seconds after which timers, signals and `onPause` have their turn. */
const PAUSE_EVERY = 0.05;
/** Steps whose numbers may be on their way from a GPU at a time. */
const MOST_PENDING = 16;

/** A run as the loop drives it. */
export interface ActiveRun extends Run {
  /** Does one step; flushes when it is time, and then the next step has to wait. */
  train(batch: ExampleBatch): Promise<void> | undefined;
  /** Reads the numbers of the steps that are done and hands them to `onStep`; pauses when it is time. */
  flush(): Promise<void>;
  /** Lets events have their turn, looks at the signal, and calls `onPause`. */
  pause(): Promise<void>;
  callHook(hook: 'onStart' | 'onEnd'): Promise<void>;
  /** Flushes what is left, and lets every callback get ready for validation. */
  endTraining(): Promise<void>;
  /** Adds the row of the epoch, hands it to `onEpoch`, and goes on to the next epoch. */
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
  const optimizers = objectiveOptimizers(model, options);
  const trainStep = trainingStep(model, optimizers.byObjective, random, notice);
  restoreCallbacks(callbacks, resume?.callbacks ?? {});
  if (resume) random.counter = resume.random.counter;

  const checkBatch = batchChecker('Cannot train', model, train.length);
  let { epoch, batch, step } = resume ?? { epoch: 1, batch: 0, step: 0 };
  let stopReason: string | undefined;
  let pending: { size: number; place: StepPlace; terms: Promise<Terms> }[] = [];
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
      return optimizers.learningRate;
    },
    set learningRate(rate) {
      optimizers.learningRate = rate;
    },
    stop(reason) {
      stopReason ??= reason;
    },
    notice,
    fail() {
      stopReason = 'failed';
    },

    train(given) {
      const examples = checkBatch(given);
      for (const callback of callbacks) callback.beforeStep?.(run);
      const place = { epoch, batch: batch + 1, step: step + 1 };
      const take = () => trainStep.run(examples, place);
      const terms = isCompared(place.step, place) ? withoutLateVariables(take) : take();
      ({ batch, step } = place);
      pending.push({ size: examples.size, place, terms });
      const isTime = pending.length >= MOST_PENDING || sincePause() >= PAUSE_EVERY;
      return isTime ? run.flush() : undefined;
    },

    async flush() {
      const numbers = await Promise.all(pending.map(({ terms }) => terms));
      const done = pending;
      pending = [];
      done.forEach(({ size, place }, i) => {
        means.add(numbers[i]!, size);
        for (const callback of callbacks) callback.onStep?.(run, { ...place, terms: numbers[i]! });
      });
      if (sincePause() >= PAUSE_EVERY) await run.pause();
    },

    async pause() {
      const trained = trainingSeconds();
      await yieldToEvents();
      if (signal?.aborted && epoch <= options.epochs) run.stop('aborted');
      for (const callback of callbacks) await callback.onPause?.(run);
      trainingSeconds = stopwatch(trained);
      sincePause = stopwatch();
    },

    async callHook(hook) {
      const trained = trainingSeconds();
      for (const callback of callbacks) await callback[hook]?.(run);
      trainingSeconds = stopwatch(trained);
    },

    async endTraining() {
      await run.flush();
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
      return {
        weights: await readTensors(namedWeights(model)),
        optimizer: options.optimizer,
        optimizers: await optimizers.state(),
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
      trainStep.dispose();
      optimizers.dispose();
    },
  };
  return run;
}
