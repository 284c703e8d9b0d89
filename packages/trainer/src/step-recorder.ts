import type { Objective } from '@ae/models';
import type * as tf from '@tensorflow/tfjs';

import type { Terms } from './terms.js';

/** What a backend offers that can note the kernels of a step and run them again without TensorFlow.js. */
export interface StepRecorder {
  /** Runs `step` once in the ordinary way, noting its kernels. */
  recordStep(
    inputs: Record<string, tf.Tensor>,
    counter: number,
    step: () => Record<string, tf.Scalar>,
  ): { outputs: Terms; replay?: StepReplay; /** Why there is no replay. */ reason?: string };
  /** The numbers, texts and flags that an objective's functions see in JavaScript, by name, as far as they can be read. */
  closureState?(objective: Objective): Map<string, string>;
}

/** A noted step. Whatever changes from step to step is an input, a `tf.Variable`, or noise from `counter` on. */
export interface StepReplay {
  /** A variable or a tensor that the step used was disposed of. */
  readonly stale: boolean;
  /** What this step does otherwise than an earlier one; nothing where a replay of one is a replay of the other. */
  differenceFrom(earlier: StepReplay): string | undefined;
  /** Bytes for a float32 input stand for value/255, for an int32 input they are the values. */
  run(inputs: Record<string, Uint8Array | Float32Array>, counter: number): Terms;
  dispose(): void;
}

/** The backend, where it can record. */
export function recorderOf(backend: object): StepRecorder | undefined {
  return typeof (backend as Partial<StepRecorder>).recordStep === 'function'
    ? (backend as StepRecorder)
    : undefined;
}
