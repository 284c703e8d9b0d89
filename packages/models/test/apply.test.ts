import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  decodeAll,
  disposeModel,
  encodeAll,
  randomStream,
  sampleAll,
  vae,
  type Autoencoder,
  type Values,
} from '../src/index.js';

let model: Autoencoder;
beforeAll(async () => {
  await tf.setBackend('cpu');
  model = vae.build({ shape: [2, 3, 1], hidden: [4], latentDim: 3 }, randomStream(1));
});
afterAll(() => disposeModel(model));

/** More than go through a model at a time. */
const COUNT = 1003;
const bytes: Values = {
  values: Uint8Array.from({ length: COUNT * 6 }, (_, i) => (i * 37) % 256),
  shape: [2, 3, 1],
  count: COUNT,
};
const floats = { ...bytes, values: Float32Array.from(bytes.values, (byte) => byte / 255) };
const lastOf = (values: Float32Array, size: number) => Array.from(values.subarray(-size));

describe('encodeAll(), decodeAll() and sampleAll()', () => {
  it('do for any number of examples what the model does for one', async () => {
    const codes = await encodeAll(model, bytes);
    expect(codes).toMatchObject({ count: COUNT, dimensions: 3 });
    const decoded = await decodeAll(model, codes);
    expect(decoded).toMatchObject({ count: COUNT, shape: [2, 3, 1] });
    const [code, copy] = tf.tidy(() => {
      const one = model.encode(tf.tensor4d(floats.values.subarray(-6), [1, 2, 3, 1]));
      return [one.dataSync(), model.decode(one).dataSync()].map((values) => Array.from(values));
    }) as [number[], number[]];
    lastOf(codes.values, 3).forEach((value, i) => expect(value).toBeCloseTo(code[i]!, 6));
    lastOf(decoded.values, 6).forEach((value, i) => expect(value).toBeCloseTo(copy[i]!, 6));
  });

  it('take bytes as fractions of 255', async () => {
    expect((await encodeAll(model, bytes)).values).toEqual((await encodeAll(model, floats)).values);
  });

  it('draw the same for the same stream', async () => {
    const drawn = await sampleAll(model, 7, randomStream(3));
    expect(drawn).toMatchObject({ count: 7, shape: [2, 3, 1] });
    expect(drawn.values).toEqual((await sampleAll(model, 7, randomStream(3))).values);
    await expect(sampleAll({ ...model, sample: undefined as never }, 7, randomStream(3))).rejects.toThrow(
      'Cannot sample: found a model without sample()',
    );
  });

  it('leave no tensor over, and refuse to do nothing', async () => {
    const before = tf.memory().numTensors;
    await decodeAll(model, await encodeAll(model, bytes));
    expect(tf.memory().numTensors).toBe(before);
    await expect(encodeAll(model, { ...bytes, count: 0 })).rejects.toThrow('Cannot encode: found count 0');
    await expect(decodeAll(model, { values: new Float32Array(), count: 0, dimensions: 3 })).rejects.toThrow(
      RangeError,
    );
  });
});
