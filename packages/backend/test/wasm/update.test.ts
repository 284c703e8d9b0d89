import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { usePatchedWasm, values } from '../agreement.js';

beforeAll(usePatchedWasm);
afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(0);
});

type Formula = (g: tf.Tensor, state: tf.Tensor[], h: number[]) => tf.Tensor[];

/** Each update as tensor operations on [variable, ...slots], in PyTorch's definition. */
const formulas: Record<string, { slots: string[]; hyper: number[]; formula: Formula }> = {
  UpdateAdam: {
    slots: ['moment1', 'moment2'],
    hyper: [0.01, 0.9, 0.1, 0.999, 0.001, 31.6, 1e-8],
    formula: (g, [variable, oldMoment1, oldMoment2], [h0, h1, h2, h3, h4, h5, h6]) => {
      const moment1 = tf.add(tf.mul(oldMoment1!, h1!), tf.mul(g, h2!));
      const moment2 = tf.add(tf.mul(oldMoment2!, h3!), tf.mul(tf.square(g), h4!));
      const scale = tf.add(tf.mul(tf.sqrt(moment2), h5!), h6!);
      return [tf.sub(variable!, tf.div(tf.mul(moment1, h0!), scale)), moment1, moment2];
    },
  },
  UpdateAdamax: {
    slots: ['moment1', 'norm'],
    hyper: [0.01, 0.9, 0.1, 0.999, 1e-8],
    formula: (g, [variable, oldMoment1, oldNorm], [h0, h1, h2, h3, h4]) => {
      const moment1 = tf.add(tf.mul(oldMoment1!, h1!), tf.mul(g, h2!));
      const norm = tf.maximum(tf.mul(oldNorm!, h3!), tf.add(tf.abs(g), h4!));
      return [tf.sub(variable!, tf.div(tf.mul(moment1, h0!), norm)), moment1, norm];
    },
  },
  UpdateSgd: {
    slots: ['velocity'],
    hyper: [0.01, 0.9],
    formula: (g, [variable, oldVelocity], [h0, h1]) => {
      const velocity = tf.add(tf.mul(oldVelocity!, h1!), g);
      return [tf.sub(variable!, tf.mul(velocity, h0!)), velocity];
    },
  },
  UpdateRmsprop: {
    slots: ['meanSquare', 'velocity'],
    hyper: [0.01, 0.9, 0.1, 1e-8, 0.5],
    formula: (g, [variable, oldMeanSquare, oldVelocity], [h0, h1, h2, h3, h4]) => {
      const meanSquare = tf.add(tf.mul(oldMeanSquare!, h1!), tf.mul(tf.square(g), h2!));
      const scaled = tf.div(g, tf.add(tf.sqrt(meanSquare), h3!));
      const velocity = tf.add(tf.mul(oldVelocity!, h4!), scaled);
      return [tf.sub(variable!, tf.mul(velocity, h0!)), meanSquare, velocity];
    },
  },
};

const apply = (kernel: string, gradient: tf.Tensor, state: tf.Variable[]) =>
  tf.tidy(() => {
    const { slots, hyper } = formulas[kernel]!;
    const named = Object.fromEntries(['variable', ...slots].map((name, i) => [name, state[i]!]));
    tf.engine().runKernel(kernel, { ...named, gradient, hyper: tf.tensor1d(hyper) });
  });

const makeState = (kernel: string, shape: number[]) =>
  ['variable', ...formulas[kernel]!.slots].map((name, i) =>
    tf.tidy(() => tf.variable(tf.add(values(shape, i), name === 'moment2' || name === 'meanSquare' ? 2 : 0))),
  );

describe.each(Object.keys(formulas))('%s on wasm', (kernel) => {
  it('gives the bits of the same formula in tensor operations, at every size', async () => {
    for (const size of [0, 1, 3, 4, 7, 64, 1001]) {
      const state = makeState(kernel, [size]);
      const { formula, hyper } = formulas[kernel]!;
      const rounded = [...Float32Array.from(hyper)];
      let expected = state.map((tensor) => tf.tidy(() => tf.mul(tensor, 1)));
      for (let step = 0; step < 3; step++) {
        const gradient = values([size], 10 + step);
        const next = tf.tidy(() => formula(gradient, expected, rounded));
        apply(kernel, gradient, state);
        tf.dispose([gradient, expected]);
        expected = next;
      }
      for (const [i, tensor] of state.entries())
        expect(await tensor.data()).toEqual(await expected[i]!.data());
      tf.dispose(expected);
    }
  });

  it('changes the variable but not its clones', async () => {
    const state = makeState(kernel, [5]);
    const clones = state.map((tensor) => tensor.clone());
    const before = await Promise.all(clones.map((tensor) => tensor.data()));
    const gradient = tf.ones([5]);
    apply(kernel, gradient, state);
    for (const [i, clone] of clones.entries()) {
      expect(await clone.data()).toEqual(before[i]);
      expect(await state[i]!.data()).not.toEqual(before[i]);
    }
    tf.dispose([gradient, clones]);
  });
});

describe('an update in place on wasm', () => {
  it('is seen by convolutions, which keep packed copies of their filters', async () => {
    const filter = tf.tidy(() => tf.variable(values([3, 3, 2, 4], 1)));
    const velocity = tf.tidy(() => tf.variable(tf.zeros(filter.shape)));
    const x = values([1, 6, 6, 2], 2) as tf.Tensor4D;
    const convolve = () => tf.conv2d(x, filter as tf.Tensor as tf.Tensor4D, 1, 'same');
    const before = convolve();
    const gradient = tf.tidy(() => tf.mul(filter, 50));
    apply('UpdateSgd', gradient, [filter, velocity]);
    const after = convolve();
    const half = tf.tidy(() => tf.mul(before, 0.5));
    const [found, expected] = [await after.data(), await half.data()];
    found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    tf.dispose([x, before, gradient, after, half]);
  });

  it('refuses a tensor that is no variable and shares its memory', () => {
    const [tensor, gradient] = [tf.ones([3]), tf.ones([3])];
    const clone = tensor.clone();
    const velocity = tf.tidy(() => tf.variable(tf.zeros([3])));
    expect(() => apply('UpdateSgd', gradient, [tensor as tf.Variable, velocity])).toThrow(
      'Cannot update in place: the memory is shared with another tensor, expected a tf.Variable',
    );
    tf.dispose([tensor, gradient, clone]);
  });
});
