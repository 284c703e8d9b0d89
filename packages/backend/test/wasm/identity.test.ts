import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { usePatchedWasm, values } from '../agreement.js';

beforeAll(usePatchedWasm);
afterEach(() => expect(tf.memory().numTensors).toBe(0));

describe('clone() on wasm', () => {
  it('takes no memory, and outlives what was cloned', async () => {
    const original = values([2, 3], 1);
    const before = tf.memory().numDataBuffers;
    const clone = original.clone();
    expect(tf.memory().numDataBuffers).toBe(before);
    const expected = await original.data();
    original.dispose();
    expect(await clone.data()).toEqual(expected);
    clone.dispose();
  });
});
