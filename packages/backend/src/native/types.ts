import type * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';

import type { Addon } from './addon.js';
import type { Memory, Values, ValuesType } from './memory.js';
import type { OperationName, ParamsOf } from './operations.js';

/** The stock CPU backend with memory that is reused, and a way to run native operations. */
export interface NativeBackend extends MathBackendCPU {
  readonly addon: Addon;
  readonly memory_: Memory;
  recording: Recording | undefined;
  /** A tensor whose values are to be written. */
  output(shape: readonly number[], dtype: ValuesType): TensorInfo;
  /** Runs the operation of this name: buffers that are read, then those that are written. */
  launch<Name extends OperationName>(
    operation: Name,
    params: ParamsOf<Name>,
    reads: readonly TensorInfo[],
    writes: readonly TensorInfo[],
  ): void;
  /** The same where what is written was there before and is changed in place. */
  update<Name extends OperationName>(
    operation: Name,
    params: ParamsOf<Name>,
    reads: readonly TensorInfo[],
    writes: readonly TensorInfo[],
  ): void;
  /** Notes the operations of a training step, so that it can be replayed with no JavaScript in between. */
  recordStep(
    inputs: Record<string, tf.Tensor>,
    counter: number,
    step: () => Record<string, tf.Scalar>,
  ): RecordedStep;
  /** What the functions of an object see and may change, and would not in a replay. */
  closureState(object: object): Map<string, string>;
  values(info: TensorInfo): Values;
  entry(dataId: object): Entry;
  /** Lets an operation write into a tensor's values: afterwards nobody else sees its array. */
  own(dataId: object): Values;
  /** Another array may look into the values, so they must not be handed out again. */
  share(dataId: object): void;
}

/** What the stock backend keeps of a tensor, and whether its array is one of ours. */
export interface Entry {
  values?: Values;
  dtype: tf.DataType;
  refCount: number;
  complexTensorInfos?: unknown;
  /** From `Memory`, and seen by nobody else. */
  pooled?: boolean;
}

/** What listens while a step is recorded. */
export interface Recording {
  /** An operation ran; buffers that are read come first. */
  ran(
    operation: OperationName,
    params: readonly number[],
    reads: readonly TensorInfo[],
    writes: readonly TensorInfo[],
    updated: boolean,
  ): void;
  /** A tensor was made of values that JavaScript had. */
  wrote(dataId: object, values: Values): void;
  /** Something happened that a replay could not do. */
  refuse(reason: string): void;
}

/** Memory that a recorded step works on. */
export type Slot =
  /** What the caller gives at every run. */
  | { kind: 'input'; name: string; bytes: number; dtype: tf.DataType }
  /** A tensor that outlives the step; where it is a variable, whatever data that has by then. */
  | { kind: 'outside'; tensor: TensorInfo; bytes: number }
  /** Numbers that JavaScript made while the step was recorded. */
  | { kind: 'constant'; values: Values; bytes: number }
  | { kind: 'temporary'; bytes: number };

/** One operation on slots, by their places in the trace. */
export interface Step {
  operation: OperationName;
  params: readonly number[];
  reads: number[];
  writes: number[];
  /** The place among the parameters of what counts from the run's noise counter. */
  counterParam?: number;
}

/** The operations of a step in their order, on numbered slots. */
export interface Trace {
  slots: Slot[];
  steps: Step[];
  /** Slots with the step's results, by name. */
  outputs: Record<string, number>;
}

/** What a step gave when it was recorded, and its replay or why it has none. */
export interface RecordedStep {
  outputs: Record<string, number>;
  replay?: StepReplay;
  reason?: string;
}

/** A recorded step: runs natively from the first operation to the last, with no JavaScript in between. */
export interface StepReplay {
  readonly trace: Trace;
  /** What was recorded is gone: a variable or a tensor that the step used was disposed of. */
  readonly stale: boolean;
  /** What this recording does otherwise than an earlier one of the same step; nothing where they are the same. */
  differenceFrom(earlier: StepReplay): string | undefined;
  /**
   * The results for new inputs, with the bits that the ordinary path would give. Bytes for a float32 input stand
   * for value/255, for an int32 input they are the values.
   * @param counter of the noise, in blocks of the stream that the step was recorded with
   * @throws RangeError where an input is missing, unknown or of another length than when it was recorded
   */
  run(inputs: Record<string, Uint8Array | Float32Array>, counter: number): Record<string, number>;
  /** Frees the memory that the step works in. */
  dispose(): void;
}
