import type { OptimizerSpec } from '@ae/models';
import { expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { createOptimizer } from '../../src/index.js';
import { describeNative, useNative } from './native.js';

describeNative('an optimiser on native', () => {
  it.each<OptimizerSpec>([
    { name: 'adam', learningRate: 0.01 },
    { name: 'adamax', learningRate: 0.01 },
    { name: 'sgd', learningRate: 0.01, momentum: 0.9 },
    { name: 'rmsprop', learningRate: 0.01, momentum: 0.5 },
  ])('$name is one kernel, with the numbers of its plain operations', async (spec) => {
    await useNative();
    const fused = trained(spec, true);
    await tf.setBackend('cpu');
    const plain = trained(spec, false);
    fused.forEach((value, i) => expect(value).toBeCloseTo(plain[i]!, 5));
  });
});

/** A variable after ten steps. */
function trained(spec: OptimizerSpec, fused: boolean): number[] {
  const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, -2, 0.5, 0, 3])));
  const optimizer = createOptimizer(spec, { variable });
  expect(optimizer.fused).toBe(fused);
  for (let step = 0; step < 10; step++) {
    tf.tidy(() => {
      const gradient = tf.tensor1d([1, -0.5, step, 0, -step]);
      optimizer.update({ [variable.name]: gradient }, tf.tensor1d(optimizer.hyper()));
    });
    optimizer.advance();
  }
  const values = [...variable.dataSync()];
  optimizer.dispose();
  variable.dispose();
  return values;
}
