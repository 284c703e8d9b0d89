import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { createOptimizer } from '../../../trainer/src/optimizer.js';
import { makeExclusive } from '../../src/native/kernels/exclusive.js';
import { optimizerKernels } from '../../src/native/kernels/optimizers.js';
import { always, describeNative, expectClose, floats, onEachSet, useNative } from './agreement.js';
import { side, SPECIALS } from './numbers.js';

const specs = {
  UpdateAdam: { name: 'adam', learningRate: 0.01 },
  UpdateAdamax: { name: 'adamax', learningRate: 0.01 },
  UpdateSgd: { name: 'sgd', learningRate: 0.01, momentum: 0.9 },
  UpdateRmsprop: { name: 'rmsprop', learningRate: 0.01, momentum: 0.5 },
} as const;

type Spec = (typeof specs)[keyof typeof specs];

describeNative('whole optimiser updates on native', () => {
  for (const [name, spec] of Object.entries(specs)) {
    it(`${name} has the steps of the formulas in plain operations on the cpu backend`, () =>
      always(
        fc.record({ size: side(300), seed: fc.nat(1000) }),
        ({ size, seed }) => compare(spec, size, seed),
        20,
      ));

    it(`${name} agrees where threads share the work`, () => compare(spec, 100_003, 1));

    it(`${name} carries infinities and what is no number`, () => compare(spec, 65, 3, SPECIALS));
  }

  it('leave alone who shares the data of a variable', async () => {
    await useNative();
    tf.env().set('IS_TEST', false); // which takes the copy that is made for a leak of the kernel
    const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3])));
    const before = tf.reshape(variable, [3, 1]);
    const read = variable.dataSync();
    const optimizer = createOptimizer(specs.UpdateSgd, { variable });
    step(optimizer, variable, 1);
    optimizer.dispose();
    expect([...before.dataSync()]).toEqual([1, 2, 3]);
    expect([...read]).toEqual([1, 2, 3]);
    expect([...variable.dataSync()]).not.toEqual([1, 2, 3]);
    tf.dispose([before, variable]);
    tf.env().set('IS_TEST', true);
  });

  it('refuse a tensor that shares its data and is no variable, which could get none of its own', async () => {
    const backend = await useNative();
    const tensor = tf.tensor1d([1, 2, 3]);
    const other = tf.reshape(tensor, [3, 1]);
    expect(() => makeExclusive(backend, tensor)).toThrow(
      'Cannot update a tensor in place: other tensors share its data, expected a variable or a tensor alone',
    );
    other.dispose();
    makeExclusive(backend, tensor);
    tensor.dispose();
  });
});

describe('the test of optimiser updates', () => {
  it('has every one of them', () =>
    expect(Object.keys(specs).sort()).toEqual(Object.keys(optimizerKernels).sort()));
});

async function compare(spec: Spec, size: number, seed: number, specials: number[] = []): Promise<void> {
  await tf.setBackend('cpu');
  const expected = await trained(spec, size, seed, specials);
  await onEachSet(async (set) => {
    const found = await trained(spec, size, seed, specials);
    found.forEach((values, i) => expectClose(values, expected[i]!, { relative: 1e-5, ofLargest: 1e-6 }, set));
  });
}

/** The variable and the optimiser's memory after five steps. */
async function trained(spec: Spec, size: number, seed: number, specials: number[]): Promise<Float32Array[]> {
  const variable = tf.tidy(() => tf.variable(floats([size], seed)));
  const optimizer = createOptimizer(spec, { variable });
  expect(optimizer.fused).toBe(tf.getBackend() === 'native');
  for (let i = 1; i <= 5; i++) step(optimizer, variable, seed + i, specials);
  const { slots } = await optimizer.state();
  const values = [
    Float32Array.from(variable.dataSync()),
    ...Object.values(slots).map(({ data }) => data as Float32Array),
  ];
  optimizer.dispose();
  variable.dispose();
  return values;
}

function step(
  optimizer: ReturnType<typeof createOptimizer>,
  variable: tf.Variable,
  seed: number,
  specials: number[] = [],
) {
  tf.tidy(() => {
    const hyper = tf.tensor1d(optimizer.hyper());
    optimizer.update({ [variable.name]: floats(variable.shape, seed, specials) }, hyper);
  });
  optimizer.advance();
}
