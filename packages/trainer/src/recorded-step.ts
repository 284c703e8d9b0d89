import type { Batch, RandomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { ImageBatch } from './batch.js';
import type { Optimizer } from './optimizer.js';
import type { Terms } from './step.js';

/** What a backend offers that can note the kernels of a step and run them again without TensorFlow.js. */
export interface StepRecorder {
  /** Runs `step` once in the ordinary way, noting its kernels. */
  recordStep(
    inputs: Record<string, tf.Tensor>,
    counter: number,
    step: () => Record<string, tf.Scalar>,
  ): { outputs: Terms; replay?: StepReplay; /** Why there is no replay. */ reason?: string };
}

/** A noted step. Whatever changes from step to step is an input, a `tf.Variable`, or noise from `counter` on. */
export interface StepReplay {
  /** Bytes for a float32 input stand for value/255, for an int32 input they are the values. */
  run(inputs: Record<string, Uint8Array | Float32Array>, counter: number): Terms;
  dispose(): void;
}

export interface RecordedStepOptions {
  /** Of the objective. */
  name: string;
  optimizer: Optimizer;
  random: RandomStream;
  /** Is told why a step takes the ordinary path although the backend can record. */
  onNotice: (text: string) => void;
  step: (batch: Batch, hyper: tf.Tensor1D, random: RandomStream) => Record<string, tf.Scalar>;
}

interface Recording {
  batch: ImageBatch;
  replay: StepReplay;
  /** Blocks of random numbers that a step draws. */
  blocks: number;
}

/** A step of one objective that is recorded once and replayed for every batch of the same shape. */
export function recordedStep({ name, optimizer, random, onNotice, step }: RecordedStepOptions) {
  let recording: Recording | undefined;
  let possible = true;

  function giveUp(reason: string): undefined {
    possible = false;
    onNotice(`Objective "${name}" is not replayed: ${reason}`);
  }

  function record(recorder: StepRecorder, batch: ImageBatch, { images, labels }: Batch): Terms {
    const tensors = { images, ...(labels && { labels }) };
    const hyper = tf.tensor1d(optimizer.hyper());
    const counter = random.counter;
    let drawsSingly = false;
    const watched = watchNext(random, () => (drawsSingly = true));
    let scalars: Record<string, tf.Scalar> = {};
    try {
      const { outputs, replay, reason } = recorder.recordStep(
        { ...tensors, hyper },
        counter,
        () => (scalars = step(tensors, hyper, watched)),
      );
      recording?.replay.dispose();
      recording = undefined;
      if (!replay) giveUp(reason ?? 'the backend gives no reason');
      else if (drawsSingly) {
        replay.dispose();
        giveUp('it draws single numbers');
      } else recording = { batch, replay, blocks: random.counter - counter };
      return outputs;
    } finally {
      tf.dispose([hyper, scalars]);
    }
  }

  return {
    /** The step's numbers, or nothing where it has to take the ordinary path. */
    run(batch: ImageBatch, tensors: () => Batch): Promise<Terms> | undefined {
      if (recording && sameShape(recording.batch, batch)) {
        const { images, labels } = batch;
        const inputs = { images, ...(labels && { labels }), hyper: optimizer.hyper() };
        const outputs = recording.replay.run(inputs, random.counter);
        random.counter += recording.blocks;
        return Promise.resolve(outputs);
      }
      // The last batch of an epoch is often smaller, and not worth a recording of its own.
      if (!possible || (recording && batch.size <= recording.batch.size)) return undefined;
      const recorder = recorderOf(tf.backend());
      if (!recorder) return undefined;
      if (!optimizer.fused) return giveUp(`the backend lacks the kernel ${optimizer.kernel}`);
      return Promise.resolve(record(recorder, batch, tensors()));
    },
    dispose() {
      recording?.replay.dispose();
      recording = undefined;
    },
  };
}

function recorderOf(backend: object): StepRecorder | undefined {
  return typeof (backend as Partial<StepRecorder>).recordStep === 'function'
    ? (backend as StepRecorder)
    : undefined;
}

const sameShape = (a: ImageBatch, b: ImageBatch) =>
  a.size === b.size &&
  a.height === b.height &&
  a.width === b.width &&
  a.channels === b.channels &&
  Boolean(a.labels) === Boolean(b.labels);

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
