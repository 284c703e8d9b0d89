import * as tf from '@tensorflow/tfjs';

import type { Autoencoder, Given } from './autoencoder.js';
import type { RandomStream } from './random.js';

/** Some examples of one shape, as `Examples` of `@ae/data` are. */
export interface Values {
  /** `count` × `shape` numbers, the last dimension fastest; bytes stand for value/255. */
  values: Uint8Array | Float32Array;
  /** Of one example: `[height, width, channels]`, `[columns]`, `[steps, channels]`. */
  shape: readonly number[];
  count: number;
  /** One an example, which a conditional model is given; others take no notice. */
  labels?: Uint8Array | Uint16Array;
}

/** What a model makes of codes. */
export interface DecodedValues extends Values {
  values: Float32Array;
}

/** Codes, one after the other. */
export interface Codes {
  values: Float32Array;
  count: number;
  dimensions: number;
  /** One a code, which a conditional model is given. */
  labels?: Uint8Array | Uint16Array;
}

/**
 * The deterministic codes of examples, however many; no tensor is left over.
 * @throws RangeError where there are no examples
 */
export async function encodeAll(
  model: Autoencoder,
  { values, shape, count, labels }: Values,
): Promise<Codes> {
  checkCount('encode', count);
  const size = tf.util.sizeFromShape([...shape]);
  const codes = await inChunks(count, (from, to) => {
    const floats = toFloats(values.subarray(from * size, to * size));
    return model.encode(tf.tensor(floats, [to - from, ...shape] as Sides), givenOf(labels, from, to));
  });
  return { values: codes.values, count, dimensions: codes.values.length / count, ...(labels && { labels }) };
}

/**
 * What codes stand for; no tensor is left over.
 * @throws RangeError where there are no codes
 */
export async function decodeAll(
  model: Autoencoder,
  { values, count, dimensions, labels }: Codes,
): Promise<DecodedValues> {
  checkCount('decode', count);
  return inChunks(count, (from, to) =>
    model.decode(
      tf.tensor2d(values.subarray(from * dimensions, to * dimensions), [to - from, dimensions]),
      givenOf(labels, from, to),
    ),
  );
}

/**
 * Examples drawn from a generative model; no tensor is left over.
 * @param labels one an example, for a conditional model
 * @throws TypeError where the model is not generative
 * @throws RangeError where none are asked for
 */
export async function sampleAll(
  model: Autoencoder,
  count: number,
  random: RandomStream,
  labels?: Uint8Array | Uint16Array,
): Promise<DecodedValues> {
  checkCount('sample', count);
  if (!model.sample)
    throw new TypeError('Cannot sample: found a model without sample(), expected a generative one');
  const sample = model.sample.bind(model);
  return inChunks(count, (from, to) => sample(to - from, random, givenOf(labels, from, to)));
}

/** Examples that go through a model at a time: enough to be fast, few enough for the widest feature map. */
const AT_ONCE = 500;

async function inChunks(count: number, run: (from: number, to: number) => tf.Tensor): Promise<DecodedValues> {
  let values = new Float32Array();
  let shape: number[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const result = tf.tidy(() => run(from, Math.min(from + AT_ONCE, count)));
    shape = result.shape.slice(1);
    if (from === 0) values = new Float32Array(count * tf.util.sizeFromShape(shape));
    values.set((await result.data()) as Float32Array, from * tf.util.sizeFromShape(shape));
    result.dispose();
  }
  return { values, shape, count };
}

/** A loop, because `Float32Array.from` with a function takes ten times as long. */
function toFloats(values: Uint8Array | Float32Array): Float32Array {
  if (values.BYTES_PER_ELEMENT === 4) return values as Float32Array;
  const floats = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) floats[i] = values[i]! / 255;
  return floats;
}

/** @throws TypeError where labels lack */
function givenOf(labels: Uint8Array | Uint16Array | undefined, from: number, to: number): Given {
  if (!labels) return {};
  if (labels.length < to)
    throw new TypeError(`Cannot use labels: found ${labels.length}, expected one an example, ${to} or more`);
  return { labels: tf.tensor1d(Int32Array.from(labels.subarray(from, to)), 'int32') };
}

function checkCount(what: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError(`Cannot ${what}: found count ${count}, expected a whole number from 1`);
}

/** Of whatever rank the model takes. */
type Sides = [number, number, number, number];
