import type { Batch } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

/** Some images of one size, one after the other, row by row. */
export interface ImageBatch {
  /**
   * `size · height · width · channels` values; bytes stand for value/255, floats are in [0, 1] or in the model's range.
   * A canvas's `Uint8ClampedArray` is taken too, and doubles and plain numbers become float32.
   */
  images: Uint8Array | Float32Array;
  /** One of 0 to 255 for each image. */
  labels?: Uint8Array;
  size: number;
  height: number;
  width: number;
  channels: number;
}

/** Where batches come from, such as `batches()` of `@ae/data-mnist`. */
export interface BatchSource {
  /** Batches in an epoch. */
  readonly length: number;
  /** Images in an epoch. */
  readonly count: number;
  /**
   * The batches of epoch `n`, counted from 1, without the first `fromBatch`. Their order is a function of `n`
   * alone; exact resume rests on it.
   */
  epoch(n: number, fromBatch?: number): Iterable<ImageBatch>;
}

/**
 * A batch as tensors: images `[size, height, width, channels]` with float32(value / 255) for bytes, labels int32.
 * The caller frees them. `batchDoor` has checked the batch.
 */
export function toTensors({ images, labels, size, height, width, channels }: ImageBatch): Batch {
  const shape: [number, number, number, number] = [size, height, width, channels];
  const floats = images instanceof Float32Array ? images : toFractions(images);
  const batch: Batch = { images: tf.tensor4d(floats, shape, 'float32') };
  if (labels) batch.labels = tf.tensor1d(Int32Array.from(labels), 'int32');
  return batch;
}

/** A plain loop: `Float32Array.from` with a function takes some thirty times as long. */
function toFractions(bytes: Uint8Array): Float32Array {
  const floats = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) floats[i] = FRACTIONS[bytes[i]!]!;
  return floats;
}

/** float32(byte / 255). */
const FRACTIONS = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);
