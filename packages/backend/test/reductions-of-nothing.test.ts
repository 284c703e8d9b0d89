import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { useBackend } from '../src/node.js';

const shapes = [[0], [0, 3], [3, 0], [2, 0, 3], [0, 0]];
const operations = ['mean', 'max', 'min', 'prod', 'sum', 'all', 'any'] as const;
const OF_NOTHING = { mean: NaN, max: -Infinity, min: Infinity, prod: 1, sum: 0, all: 1, any: 0 };

const unavailable = async (name: string) => {
  try {
    await useBackend(name as 'cpu');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe.each(['cpu', 'native', 'wasm'])('over an axis without elements, on %s', (name) => {
  it.each(operations)('%s has the value of nothing, whatever lies in memory', async (operation) => {
    const reason = await unavailable(name);
    if (reason) return console.log(`skipped: ${reason}`);
    // Something for a kernel to find that reads or leaves what it does not own.
    for (let i = 0; i < 20; i++) tf.tidy(() => tf.fill([i + 1], 7 + i));
    for (const shape of shapes)
      for (const axis of [undefined, ...shape.map((_, d) => d)])
        for (const keepDims of [false, true]) {
          const result = tf.tidy(() => {
            const dtype = operation === 'all' || operation === 'any' ? 'bool' : 'float32';
            return tf[operation](tf.zeros(shape, dtype), axis, keepDims);
          });
          const expected = Array<number>(result.size).fill(OF_NOTHING[operation]);
          expect([...result.dataSync()]).toEqual(expected);
          expect(result.shape.length).toBe(
            keepDims ? shape.length : axis === undefined ? 0 : shape.length - 1,
          );
          result.dispose();
        }
  });

  it('a mean of some is what it was', async () => {
    const reason = await unavailable(name);
    if (reason) return console.log(`skipped: ${reason}`);
    expect(tf.tidy(() => [...tf.mean(tf.tensor2d([1, 2, 3, 4, 5, 9], [2, 3]), 0).dataSync()])).toEqual([
      2.5, 3.5, 6,
    ]);
  });
});
