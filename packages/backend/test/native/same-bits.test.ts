import { createHash } from 'node:crypto';

import { expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { describeNative, floats, onEachSet, useNative } from './agreement.js';

/** Equal for equal bits; a list of a million numbers takes seconds to compare. */
const bitsOf = (values: Float32Array) =>
  createHash('sha256').update(new Uint8Array(values.slice().buffer)).digest('hex');

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
