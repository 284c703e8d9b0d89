import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { makeExclusive } from '../../src/native/kernels/exclusive.js';
import { optimizerKernels } from '../../src/native/kernels/optimizers.js';
import { always, describeNative, expectClose, onEachSet, useNative } from './agreement.js';
import { numbers, side, SPECIALS } from './numbers.js';

const { abs, fround, max, sqrt } = Math;

/** One update as `@ae/trainer` asks for it, and what it makes of one number by PyTorch's definition. */
interface Update {
  slots: readonly string[];
  /** The scalars of step t, from 1. */
  hyper(t: number): number[];
  /** `[variable, ...slots]` of one element. */
  step(variable: number, gradient: number, slots: readonly number[], t: number): number[];
}

const rate = 0.01;
const updates: Record<string, Update> = {
  UpdateAdam: {
    slots: ['moment1', 'moment2'],
    hyper: (t) => [rate / (1 - 0.9 ** t), 0.9, 0.1, 0.999, 0.001, 1 / sqrt(1 - 0.999 ** t), 1e-8],
    step(variable, g, [moment1, moment2], t) {
      const m = 0.9 * moment1! + 0.1 * g;
      const v = 0.999 * moment2! + 0.001 * g * g;
      return [variable - (rate * (m / (1 - 0.9 ** t))) / (sqrt(v / (1 - 0.999 ** t)) + 1e-8), m, v];
    },
  },
  UpdateAdamax: {
    slots: ['moment1', 'norm'],
    hyper: (t) => [rate / (1 - 0.9 ** t), 0.9, 0.1, 0.999, 1e-8],
    step(variable, g, [moment1, norm], t) {
      const m = 0.9 * moment1! + 0.1 * g;
      const u = max(0.999 * norm!, abs(g) + 1e-8);
      return [variable - (rate / (1 - 0.9 ** t)) * (m / u), m, u];
    },
  },
  UpdateSgd: {
    slots: ['velocity'],
    hyper: () => [rate, 0.9],
    step(variable, g, [velocity]) {
      const v = 0.9 * velocity! + g;
      return [variable - rate * v, v];
    },
  },
  UpdateRmsprop: {
    slots: ['meanSquare', 'velocity'],
    hyper: () => [rate, 0.9, 0.1, 1e-8, 0.5],
    step(variable, g, [meanSquare, velocity]) {
      const s = 0.9 * meanSquare! + 0.1 * g * g;
      const v = 0.5 * velocity! + g / (sqrt(s) + 1e-8);
      return [variable - rate * v, s, v];
    },
  },
};

describeNative('whole optimiser updates on native', () => {
  for (const [name, update] of Object.entries(updates)) {
    it(`${name} has the steps of the formulas in double precision`, () =>
      always(
        fc.record({ size: side(300), seed: fc.nat(1000) }),
        ({ size, seed }) => compare(name, update, size, seed),
        20,
      ));

    it(`${name} agrees where threads share the work`, () => compare(name, update, 100_003, 1));

    it(`${name} carries infinities and what is no number`, () => compare(name, update, 65, 3, SPECIALS));
  }

  it('leave alone who shares the data of a variable', async () => {
    await useNative();
    tf.env().set('IS_TEST', false); // which takes the copy that is made for a leak of the kernel
    const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3])));
    const before = tf.reshape(variable, [3, 1]);
    const read = variable.dataSync();
    tf.tidy(() => {
      const [velocity, gradient, hyper] = [
        tf.variable(tf.zeros([3])),
        tf.ones([3]),
        tf.tensor1d([0.01, 0.9]),
      ];
      tf.engine().runKernel('UpdateSgd', { variable, gradient, velocity, hyper });
      velocity.dispose();
    });
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
    expect(Object.keys(updates).sort()).toEqual(Object.keys(optimizerKernels).sort()));
});

/** Five steps by the kernel and by the formulas: the variable and what is kept for it. */
async function compare(
  name: string,
  update: Update,
  size: number,
  seed: number,
  specials: number[] = [],
): Promise<void> {
  const gradients = [1, 2, 3, 4, 5].map((t) => numbers(size, seed + t, specials));
  const start = numbers(size, seed);
  const expected = byFormulas(update, start, gradients);
  await onEachSet(async (set) => {
    const found = byKernel(name, update, start, gradients);
    found.forEach((values, i) => expectClose(values, expected[i]!, { relative: 1e-5, ofLargest: 1e-6 }, set));
  });
}

function byFormulas({ slots, step }: Update, start: Float32Array, gradients: Float32Array[]): Float32Array[] {
  const elements = Array.from(start, (value) => [value, ...slots.map(() => 0)]);
  gradients.forEach((gradient, t) =>
    elements.forEach((element, i) => {
      const [value, ...kept] = element;
      elements[i] = step(value!, gradient[i]!, kept, t + 1).map(fround);
    }),
  );
  return ['variable', ...slots].map((_, place) => Float32Array.from(elements, (element) => element[place]!));
}

function byKernel(
  name: string,
  { slots, hyper }: Update,
  start: Float32Array,
  gradients: Float32Array[],
): Float32Array[] {
  const written = Object.fromEntries(
    ['variable', ...slots].map((slot, i) => [
      slot,
      tf.tidy(() => tf.variable(tf.tensor1d(i === 0 ? start : new Float32Array(start.length)))),
    ]),
  );
  gradients.forEach((gradient, t) =>
    tf.tidy(() => {
      const inputs = { gradient: tf.tensor1d(gradient), hyper: tf.tensor1d(hyper(t + 1)) };
      tf.engine().runKernel(name, { ...written, ...inputs });
    }),
  );
  const values = Object.values(written).map((variable) => Float32Array.from(variable.dataSync()));
  tf.dispose(written);
  return values;
}
