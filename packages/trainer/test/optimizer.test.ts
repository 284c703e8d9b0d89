import { beforeAll, describe, expect, test } from '@jest/globals';
import type { OptimizerSpec } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { createOptimizer, type Optimizer } from '../src/optimizer.js';
import { useCpu } from './toy.js';

const SPECS: OptimizerSpec[] = [
  { name: 'adam', learningRate: 0.01 },
  { name: 'adam', learningRate: 0.05, beta1: 0.5, beta2: 0.9, epsilon: 0.01 },
  { name: 'adamax', learningRate: 0.02 },
  { name: 'sgd', learningRate: 0.1 },
  { name: 'sgd', learningRate: 0.1, momentum: 0.9 },
  { name: 'rmsprop', learningRate: 0.01 },
  { name: 'rmsprop', learningRate: 0.01, decay: 0.99, momentum: 0.5, epsilon: 1e-3 },
];

beforeAll(useCpu);

describe.each(SPECS.map((spec) => [JSON.stringify(spec), spec] as const))('%s', (_title, spec) => {
  test('follows PyTorch’s definition in double precision over 60 steps of changing gradients and rates', () => {
    const variable = weights([1, -2, 0.5, 0]);
    const optimizer = createOptimizer(spec, { variable });
    const exact = [1, -2, 0.5, 0].map((start) => exactly(spec, start));
    for (let step = 1; step <= 60; step++) {
      optimizer.learningRate = spec.learningRate / (1 + step / 20);
      const gradients = exact.map((_, i) => Math.fround(Math.sin(step * 0.7 + i) * 10 ** (i - 2)));
      apply(optimizer, variable, gradients);
      gradients.forEach((gradient, i) => exact[i]!.move(gradient, optimizer.learningRate));
    }
    const values = variable.dataSync();
    const difference = Math.max(...exact.map(({ value }, i) => Math.abs(value() - values[i]!)));
    expect(difference).toBeLessThan(2e-5);
    dispose(optimizer, variable);
  });

  test('goes on bit for bit from its saved state', async () => {
    const whole = weights([1, -2, 0.5]);
    const uninterrupted = createOptimizer(spec, { w: whole });
    for (let step = 0; step < 7; step++) apply(uninterrupted, whole, gradientAt(step));
    const state = await uninterrupted.state();
    const values = whole.dataSync().slice();
    for (let step = 7; step < 12; step++) apply(uninterrupted, whole, gradientAt(step));

    const part = weights(values);
    const resumed = createOptimizer(spec, { w: part });
    resumed.restore(JSON.parse(JSON.stringify(state), reviveArrays));
    for (let step = 7; step < 12; step++) apply(resumed, part, gradientAt(step));
    expect([...part.dataSync()]).toEqual([...whole.dataSync()]);
    dispose(uninterrupted, whole);
    dispose(resumed, part);
  });

  test('hands the documented inputs to a kernel that updates in place, with the same result', () => {
    const inPlace = registerInPlace();
    const [a, b] = [weights([1, -2, 0.5]), weights([1, -2, 0.5])];
    const fused = createOptimizer(spec, { a });
    expect(fused.fused).toBe(true);
    for (let step = 0; step < 20; step++) apply(fused, a, gradientAt(step));
    inPlace.unregister();
    const plain = createOptimizer(spec, { b });
    expect(plain.fused).toBe(false);
    for (let step = 0; step < 20; step++) apply(plain, b, gradientAt(step));
    expect(inPlace.calls()).toBe(20);
    a.dataSync().forEach((value, i) => expect(value).toBeCloseTo(b.dataSync()[i]!, 5));
    dispose(fused, a);
    dispose(plain, b);
  });

  test('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const variable = weights([1, 2]);
    const optimizer = createOptimizer(spec, { variable });
    const during = tf.memory().numTensors;
    for (let step = 0; step < 5; step++) apply(optimizer, variable, [1, step]);
    expect(tf.memory().numTensors).toBe(during);
    dispose(optimizer, variable);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('adam and adamax move by the learning rate while the gradient stays the same (closed form)', () => {
  for (const name of ['adam', 'adamax'] as const) {
    const variable = weights([5, 5]);
    const optimizer = createOptimizer({ name, learningRate: 0.125, epsilon: 0 }, { variable });
    for (let step = 0; step < 8; step++) apply(optimizer, variable, [3, -0.01]);
    expect(variable.dataSync()[0]).toBeCloseTo(5 - 8 * 0.125, 4);
    expect(variable.dataSync()[1]).toBeCloseTo(5 + 8 * 0.125, 4);
    dispose(optimizer, variable);
  }
});

test('sgd with momentum μ moves by α·g·Σ(1 - μᵏ)/(1 - μ) while the gradient stays the same (closed form)', () => {
  const variable = weights([0]);
  const optimizer = createOptimizer({ name: 'sgd', learningRate: 0.5, momentum: 0.5 }, { variable });
  for (let step = 0; step < 3; step++) apply(optimizer, variable, [1]);
  expect(variable.dataSync()[0]).toBe(-0.5 * (1 + 1.5 + 1.75));
  dispose(optimizer, variable);
});

test('a variable without a gradient stays as it is', () => {
  const [used, unused] = [weights([1]), weights([1])];
  const optimizer = createOptimizer({ name: 'adam', learningRate: 0.1 }, { used, unused });
  apply(optimizer, used, [1]);
  expect(unused.dataSync()[0]).toBe(1);
  expect(used.dataSync()[0]).toBeCloseTo(0.9, 6);
  optimizer.dispose();
  tf.dispose([used, unused]);
});

test.each([
  [{ name: 'adagrad', learningRate: 1 }, /found name "adagrad", expected one of .*\badam\b/, TypeError],
  [
    { name: 'sgd', learningRate: 1, beta1: 0.9 },
    /sgd has no option "beta1", expected one of momentum/,
    TypeError,
  ],
  [{ name: 'adam', learningRate: 0 }, /learningRate 0, expected a number above 0/, RangeError],
  [{ name: 'adam', learningRate: 1, beta2: 1 }, /beta2 1, expected a number >=0 and <1/, RangeError],
  [{ name: 'adam', learningRate: 1, epsilon: NaN }, /epsilon NaN, expected a number >=0/, RangeError],
  [{ name: 'adam', learningRate: 1, epsilon: '1e-8' }, /epsilon 1e-8, expected a number/, TypeError],
])('%j is refused', (spec, message, kind) => {
  expect(() => createOptimizer(spec as OptimizerSpec, {})).toThrow(kind);
  expect(() => createOptimizer(spec as OptimizerSpec, {})).toThrow(message);
});

test('a state of other variables is refused, and nothing changes', async () => {
  const variable = weights([1, 2]);
  const optimizer = createOptimizer({ name: 'adam', learningRate: 0.1 }, { w: variable });
  const slots = { 'w/moment1': { shape: [3], data: new Float32Array(3) } };
  expect(() => optimizer.restore({ step: 4, learningRate: 1, slots })).toThrow(
    /found shape \[3\] for "w\/moment1", expected shape \[2\]/,
  );
  const { slots: own } = await optimizer.state();
  expect(() =>
    optimizer.restore({ step: 4, learningRate: 1, slots: { ...own, x: own['w/moment2']! } }),
  ).toThrow('found "x", expected only w/moment1, w/moment2');
  expect(await optimizer.state()).toMatchObject({ step: 0, learningRate: 0.1 });
  dispose(optimizer, variable);
});

const gradientAt = (step: number) => [Math.sin(step), Math.cos(step) / 100, step % 3];

const weights = (values: ArrayLike<number>) =>
  tf.tidy(() => tf.variable(tf.tensor1d(Float32Array.from(values))));

function apply(optimizer: Optimizer, variable: tf.Variable, gradient: number[]): void {
  const hyper = tf.tensor1d(optimizer.hyper());
  const tensor = tf.tensor1d(gradient);
  optimizer.update({ [variable.name]: tensor }, hyper);
  optimizer.advance();
  tf.dispose([hyper, tensor]);
}

function dispose(optimizer: Optimizer, variable: tf.Variable): void {
  optimizer.dispose();
  variable.dispose();
}

const reviveArrays = (key: string, value: unknown) =>
  key === 'data' ? Float32Array.from(Object.values(value as object) as number[]) : value;

/** One number under torch.optim's definitions, as its documentation states them. */
function exactly({ name, ...options }: OptimizerSpec, start: number) {
  const { beta1, beta2, epsilon, momentum, decay } = {
    ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, momentum: 0, decay: 0.9 },
    ...(options as Record<string, number>),
  };
  let [value, t, m, v] = [start, 0, 0, 0];
  return {
    value: () => value,
    move(g: number, rate: number) {
      t += 1;
      if (name === 'adam') {
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        value -= (rate * (m / (1 - beta1 ** t))) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
      } else if (name === 'adamax') {
        m = beta1 * m + (1 - beta1) * g;
        v = Math.max(beta2 * v, Math.abs(g) + epsilon);
        value -= (rate / (1 - beta1 ** t)) * (m / v);
      } else if (name === 'sgd') {
        m = momentum * m + g;
        value -= rate * m;
      } else {
        v = decay * v + (1 - decay) * g * g;
        m = momentum * m + g / (Math.sqrt(v) + epsilon);
        value -= rate * m;
      }
    },
  };
}

/** The four kernels in JavaScript on the cpu backend, written from the comments in optimizers/ alone. */
function registerInPlace() {
  let calls = 0;
  type Arrays = Record<string, Float32Array>;
  const kernels: Record<string, (a: Arrays, h: Float32Array, i: number) => void> = {
    UpdateAdam({ variable, gradient, moment1, moment2 }, h, i) {
      moment1![i] = h[1]! * moment1![i]! + h[2]! * gradient![i]!;
      moment2![i] = h[3]! * moment2![i]! + h[4]! * gradient![i]! ** 2;
      variable![i]! -= (h[0]! * moment1![i]!) / (Math.sqrt(moment2![i]!) * h[5]! + h[6]!);
    },
    UpdateAdamax({ variable, gradient, moment1, norm }, h, i) {
      moment1![i] = h[1]! * moment1![i]! + h[2]! * gradient![i]!;
      norm![i] = Math.max(h[3]! * norm![i]!, Math.abs(gradient![i]!) + h[4]!);
      variable![i]! -= (h[0]! * moment1![i]!) / norm![i]!;
    },
    UpdateSgd({ variable, gradient, velocity }, h, i) {
      velocity![i] = h[1]! * velocity![i]! + gradient![i]!;
      variable![i]! -= h[0]! * velocity![i]!;
    },
    UpdateRmsprop({ variable, gradient, meanSquare, velocity }, h, i) {
      meanSquare![i] = h[1]! * meanSquare![i]! + h[2]! * gradient![i]! ** 2;
      velocity![i] = h[4]! * velocity![i]! + gradient![i]! / (Math.sqrt(meanSquare![i]!) + h[3]!);
      variable![i]! -= h[0]! * velocity![i]!;
    },
  };
  const backend = tf.backend() as unknown as { data: { get(id: object): { values: Float32Array } } };
  for (const [kernelName, update] of Object.entries(kernels))
    tf.registerKernel({
      kernelName,
      backendName: 'cpu',
      kernelFunc({ inputs }) {
        calls += 1;
        const arrays = Object.fromEntries(
          Object.entries(inputs).map(([name, input]) => [name, backend.data.get(input!.dataId).values]),
        );
        for (let i = 0; i < arrays.variable!.length; i++) update(arrays, arrays.hyper!, i);
        return [];
      },
    });
  return {
    calls: () => calls,
    unregister: () => Object.keys(kernels).forEach((name) => tf.unregisterKernel(name, 'cpu')),
  };
}
