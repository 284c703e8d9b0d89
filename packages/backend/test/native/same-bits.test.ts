import { createHash } from 'node:crypto';

import { expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { normalQuantile } from '../../../models/src/normal-quantile.js';
import { philoxRandom } from '../../../models/src/random.js';
import { describeNative, floats, onEachSet, useNative } from './agreement.js';

/** Equal for equal bits; a list of a million numbers takes seconds to compare. */
const bitsOf = (values: Float32Array) =>
  createHash('sha256').update(new Uint8Array(values.slice().buffer)).digest('hex');

describeNative('noise on native', () => {
  const draw = (distribution: 'normal' | 'uniform', shape: number[], seed: number, counter: number) =>
    tf.tidy(() =>
      bitsOf(
        (
          tf
            .engine()
            .runKernel('PhiloxRandom', {}, { distribution, shape, seed, counter } as never) as tf.Tensor
        ).dataSync<'float32'>(),
      ),
    );

  it.each([
    ['normal', 1, 0],
    ['normal', 2 ** 53 - 1, 2 ** 40 + 3],
    ['uniform', 12345, 2 ** 32 - 2],
    ['uniform', 0, 7],
  ] as const)(
    '%s with seed %d from block %d has the bits of the reference in JavaScript',
    async (distribution, seed, counter) => {
      await useNative();
      const shape = [10_001];
      const expected = philoxRandom({ distribution, shape, seed, counter });
      expect(draw(distribution, shape, seed, counter)).toBe(bitsOf(expected));
    },
  );

  it('reaches the tails, where the reference takes another branch', () => {
    expect(normalQuantile(2 ** -33)).toBeLessThan(-6.2);
  });
});

describeNative('the number of threads', () => {
  it('changes no bit of a result, with any instruction set', () => onEachSet(sameForThreads), 120_000);

  async function sameForThreads(): Promise<void> {
    const { addon } = await useNative();
    const compute = () =>
      tf.tidy(() => {
        const x = floats([37, 28, 28, 5], 1) as tf.Tensor4D;
        const filter = floats([3, 3, 5, 19], 2) as tf.Tensor4D;
        const results = [
          tf.matMul(floats([129, 700], 3) as tf.Tensor2D, floats([700, 210], 4) as tf.Tensor2D),
          tf.matMul(floats([700, 129], 3) as tf.Tensor2D, floats([210, 700], 4) as tf.Tensor2D, true, true),
          tf.conv2d(x, filter, 1, 'same'),
          ...tf.grads((a: tf.Tensor, b: tf.Tensor) =>
            tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2, 'same'),
          )([x, filter]),
          tf.sum(x),
          tf.sum(x, [0, 1, 2]),
          tf.mean(x, [1, 3]),
          tf.exp(x),
          tf.maxPool(x, 2, 2, 'same'),
          tf.grad((a: tf.Tensor) => tf.maxPool(a as tf.Tensor4D, 3, 2, 'same'))(x),
        ];
        return results.map((result) => bitsOf(result.dataSync<'float32'>()));
      });
    const threads = addon.threads();
    try {
      addon.setThreads(1);
      const alone = compute();
      for (const count of [2, 3]) {
        addon.setThreads(count);
        expect(compute()).toEqual(alone);
      }
    } finally {
      addon.setThreads(threads);
    }
  }
});
