import type { Batch, Objective, RandomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { ExampleBatch } from './batch.js';
import { isCompared } from './compared-steps.js';
import type { GradientStep } from './gradient-step.js';
import type { StepPlace } from './history.js';
import type { Optimizer } from './optimizer.js';
import { changedWhileReplayed, notReplayed, REMEDY } from './replay-notice.js';
import { recorderOf, type StepRecorder, type StepReplay } from './step-recorder.js';
import type { Terms } from './terms.js';

export interface RecordedStepOptions {
  /** Of the objective. */
  name: string;
  objective: Objective;
  optimizer: Optimizer;
  random: RandomStream;
  /** Is told once why the steps take the ordinary path although the backend can record. */
  onNotice: (text: string) => void;
  /** Whether a step has drawn noise that is not from `random`; then none is replayed. */
  drewUnseededNoise: () => boolean;
  step: GradientStep;
}

interface Recording {
  batch: ExampleBatch;
  variables: tf.Variable[];
  replay: StepReplay;
  /** Blocks of random numbers that a step draws. */
  blocks: number;
  /** Steps since it was made, itself included. */
  count: number;
  /** The last step that was compared with it. */
  agreed: number;
  /** The first step that was replayed. */
  firstReplayed?: number;
}

/** Recordings that are dropped before a step counts as one that changes all the time. */
const MOST_CHANGES = 8;

/**
 * A step of one objective that is recorded and replayed for every batch of the same shape. What JavaScript does in a
 * step a replay does not see, so steps are recorded again, at which `isCompared`, and compared; a step that is
 * recorded runs in the ordinary way.
 */
export function recordedStep(options: RecordedStepOptions) {
  const { name, objective, optimizer, random, onNotice, drewUnseededNoise, step } = options;
  let recording: Recording | undefined;
  let possible = true;
  let refusals = 0;
  let changes = 0;

  function forget(): void {
    recording?.replay.dispose();
    recording = undefined;
  }

  function giveUp(notice?: string): undefined {
    possible = false;
    forget();
    if (notice !== undefined) onNotice(`Objective "${name}" ${notice}`);
  }

  function startOver(): void {
    forget();
    changes += 1;
    if (changes > MOST_CHANGES) giveUp(notReplayed('the variables that it trains change all the time'));
  }

  function record(recorder: StepRecorder, batch: ExampleBatch, made: Batch, place: StepPlace): Terms {
    const trained = trainedOf(objective.variables());
    const counter = random.counter;
    // Around the second step: what only the first call sets up does not move any more.
    const before = recording?.count === 1 ? recorder.closureState?.(objective) : undefined;
    const { outputs, replay, reason, drawsSingly } = runRecorded(recorder, made);
    const blocks = random.counter - counter;
    const after = before && recorder.closureState?.(objective);
    const moved =
      before && after && [...after].find(([name, value]) => (before.get(name) ?? value) !== value)?.[0];
    const change =
      recording &&
      (replay ? replay.differenceFrom(recording.replay) : (reason ?? 'it cannot be recorded any more'));
    if (drewUnseededNoise()) giveUp();
    else if (recording && change) giveUp(changedWhileReplayed(change, recording, place.step));
    else if (recording && blocks !== recording.blocks)
      giveUp(changedWhileReplayed('it draws other amounts of noise', recording, place.step));
    else if (moved) giveUp(notReplayed(`its loss changes "${moved}" at every call`, REMEDY));
    else if (!replay) {
      // What is made by the first call and kept, such as a mask, is there at the second.
      refusals += 1;
      if (refusals > 1) giveUp(notReplayed(reason ?? 'the backend gives no reason'));
    } else if (drawsSingly) giveUp(notReplayed('it draws single numbers, with next()'));
    else if (recording) {
      recording.count += 1;
      recording.agreed = place.step;
    } else recording = { batch, variables: trained, replay, blocks, count: 1, agreed: place.step };
    if (replay !== recording?.replay) replay?.dispose();
    return outputs;
  }

  function runRecorded(recorder: StepRecorder, { images, labels }: Batch) {
    const tensors = { images, ...(labels && { labels }) };
    const hyper = tf.tensor1d(optimizer.hyper());
    let drawsSingly = false;
    const watched = watchNext(random, () => (drawsSingly = true));
    let scalars: Record<string, tf.Scalar> = {};
    try {
      const recorded = recorder.recordStep(
        { ...tensors, hyper },
        random.counter,
        () => (scalars = step(tensors, hyper, watched)),
      );
      return { ...recorded, drawsSingly };
    } finally {
      tf.dispose([hyper, scalars]);
    }
  }

  function replayStep(known: Recording, { values, labels }: ExampleBatch, place: StepPlace): Terms {
    const inputs = {
      images: values,
      ...(labels && { labels: labels instanceof Uint16Array ? Float32Array.from(labels) : labels }),
      hyper: optimizer.hyper(),
    };
    const outputs = known.replay.run(inputs, random.counter);
    random.counter += known.blocks;
    known.count += 1;
    known.firstReplayed ??= place.step;
    return outputs;
  }

  return {
    /** The step's numbers, or nothing where it has to take the ordinary path. */
    run(batch: ExampleBatch, place: StepPlace, tensors: () => Batch): Promise<Terms> | undefined {
      if (!possible) return undefined;
      const recorder = recorderOf(tf.backend());
      if (!recorder) return undefined;
      if (drewUnseededNoise()) return giveUp();
      if (!optimizer.fused) return giveUp(notReplayed(`the backend lacks the kernel ${optimizer.kernel}`));
      if (
        recording &&
        (recording.replay.stale || !sameList(recording.variables, trainedOf(objective.variables())))
      )
        startOver();
      if (!possible) return undefined;
      if (recording && !sameShape(recording.batch, batch)) {
        // The last batch of an epoch is often smaller, and not worth a recording of its own.
        if (batch.size <= recording.batch.size) return undefined;
        forget();
      }
      if (recording && !isCompared(recording.count, place))
        return Promise.resolve(replayStep(recording, batch, place));
      return Promise.resolve(record(recorder, batch, tensors(), place));
    },
    dispose: forget,
  };
}

const trainedOf = (variables: tf.Variable[]) => variables.filter(({ trainable }) => trainable);

const sameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((item, i) => item === b[i]);

const sameShape = (a: ExampleBatch, b: ExampleBatch) =>
  a.size === b.size && `${a.shape}` === `${b.shape}` && Boolean(a.labels) === Boolean(b.labels);

/** The same stream; a number from `next()` would be frozen in a recording, unlike the noise of a kernel. */
function watchNext(random: RandomStream, onNext: () => void): RandomStream {
  return {
    seed: random.seed,
    get counter() {
      return random.counter;
    },
    set counter(value) {
      random.counter = value;
    },
    next() {
      onNext();
      return random.next();
    },
    normal: (shape) => random.normal(shape),
    uniform: (shape) => random.uniform(shape),
  };
}
