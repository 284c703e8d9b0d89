import type { Batch } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

/** Some examples of one shape, one after the other, the last dimension fastest. */
export interface ExampleBatch {
  /**
   * `size` × `shape` values; bytes stand for value/255, floats are in [0, 1] or in the model's range.
   * A canvas's `Uint8ClampedArray` is taken too, and doubles and plain numbers become float32.
   */
  values: Uint8Array | Float32Array;
  /** Of one example: `[height, width, channels]`, `[columns]`, `[steps, channels]`. */
  shape: readonly number[];
  /** Examples in this batch. */
  size: number;
  /** One of 0 to 65,535 for each example. */
  labels?: Uint8Array | Uint16Array;
}

/** Where batches come from, such as `batches()` of `@ae/data`. */
export interface BatchSource {
  /** Batches in an epoch. */
  readonly length: number;
  /** Examples in an epoch. */
  readonly count: number;
  /**
   * The batches of epoch `n`, counted from 1, without the first `fromBatch`. Their order is a function of `n`
   * alone; exact resume rests on it. What is asynchronous is read one batch ahead, and closed when the run leaves it.
   */
  epoch(n: number, fromBatch?: number): Iterable<ExampleBatch> | AsyncIterable<ExampleBatch>;
}

/**
 * A batch as tensors: images `[size, ...shape]` with float32(value / 255) for bytes, labels int32.
 * The caller frees them. `batchChecker` has checked the batch.
 */
export function toTensors({ values, labels, size, shape }: ExampleBatch): Batch {
  const floats = values instanceof Float32Array ? values : toFractions(values);
  const batch: Batch = { images: tf.tensor(floats, [size, ...shape], 'float32') };
  if (labels) batch.labels = tf.tensor1d(Int32Array.from(labels), 'int32');
  return batch;
}

export const freeTensors = (batch: Batch): void => tf.dispose({ ...batch });

/** A plain loop: `Float32Array.from` with a function takes some thirty times as long. */
function toFractions(bytes: Uint8Array): Float32Array {
  const floats = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) floats[i] = FRACTIONS[bytes[i]!]!;
  return floats;
}

/** float32(byte / 255). */
const FRACTIONS = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);
