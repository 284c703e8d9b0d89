import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { always, expectAgreement, usePatchedWasm, values } from '../agreement.js';

beforeAll(usePatchedWasm);
afterEach(() => expect(tf.memory().numTensors).toBe(0));

describe('sum() and mean() on wasm', () => {
  const shape = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
  const axes = shape.chain((given) =>
    fc.record({
      shape: fc.constant(given),
      axes: fc.subarray(given.map((_, axis) => axis)),
      keepDims: fc.boolean(),
    }),
  );

  it('agree with the cpu backend for every choice of axes', () =>
    always(axes, async ({ shape, axes, keepDims }) => {
      await expectAgreement(() => tf.sum(values(shape, 1), axes, keepDims));
      if (tf.util.sizeFromShape(shape) > 0)
        await expectAgreement(() => tf.mean(values(shape, 1), axes, keepDims));
    }));

  it('are infinite where a value is, and not a number where one is not', async () => {
    await tf.setBackend('wasm');
    for (const odd of [Infinity, -Infinity, NaN])
      for (const columns of [1, 2, 5, 16]) {
        const floats = new Float32Array(1000 * columns).fill(1);
        floats.fill(odd, 100 * columns, 101 * columns);
        const total = tf.tidy(() => tf.sum(tf.tensor2d(floats, [1000, columns]), 0));
        expect([...(await total.data())]).toEqual(Array(columns).fill(odd));
        total.dispose();
      }
  });

  it('agree with the cpu backend for integers', async () => {
    const integers = () => tf.tensor2d([1, 2, 3, 5], [2, 2], 'int32');
    await expectAgreement(() => tf.sum(integers(), 0));
    await expectAgreement(() => tf.mean(integers(), 0));
  });

  it('stay within 1e-6 for four million values, where stock wasm is off by 4e-5', async () => {
    await tf.setBackend('wasm');
    const count = 4_000_000;
    const floats = new Float32Array(count);
    for (let i = 0; i < count; i++) floats[i] = (i % 1000) / 1000;
    const exact = 4000 * 499.5;
    const sums = tf.tidy(() => [
      tf.sum(tf.tensor1d(floats)),
      tf.mul(tf.mean(tf.tensor1d(floats)), count),
      tf.sum(tf.sum(tf.tensor2d(floats, [count / 2, 2]), 0)),
    ]);
    for (const sum of sums) expect((await sum.data())[0]! / exact).toBeCloseTo(1, 6);
    tf.dispose(sums);
  });
});
