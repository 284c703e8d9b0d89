import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  ae,
  disposeModel,
  namedWeights,
  networks,
  randomStream,
  vae,
  type Autoencoder,
} from '../src/index.js';

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

const small = { conv: { channels: [2, 3] }, conv1d: { channels: [2, 3] }, dense: {} };
const options = (network: keyof typeof networks, shape: number[], more: object = {}) =>
  ({ network, shape, latentDim: 2, hidden: [5], activation: 'swish', ...small[network], ...more }) as object;

const swish = (x: tf.Tensor) => tf.mul(x, tf.sigmoid(x));

const cases: [keyof typeof networks, number[], object?][] = [
  ['dense', [7]],
  ['dense', [6, 2]],
  ['dense', [5, 4, 3]],
  ['conv', [8, 8, 1]],
  ['conv', [7, 5, 3]],
  ['conv', [9, 6, 2], { strides: 1 }],
  ['conv', [1, 10, 1]],
  ['conv', [13, 11, 3], { channels: [2, 2, 2], kernelSize: 4 }],
  ['conv1d', [16, 1]],
  ['conv1d', [11, 3]],
  ['conv1d', [12, 2], { strides: 1 }],
];

describe.each(cases)('the network %s around examples of %j %j', (network, shape, more = {}) => {
  test.each<[string, (given: object) => Autoencoder]>([
    ['ae', (given) => ae.build({ ...given, output: 'linear' }, randomStream(1))],
    ['vae', (given) => vae.build(given, randomStream(1))],
    [
      'vae with a Gaussian likelihood',
      (given) => vae.build({ ...given, likelihood: 'gaussian' }, randomStream(1)),
    ],
  ])('makes a whole %s, whose gradients reach every variable', (_name, build) => {
    const before = tf.memory().numTensors;
    const model = build(options(network, shape, more));
    tf.tidy(() => {
      const images = randomStream(5).uniform([3, ...shape]);
      const codes = model.encode(images);
      expect(codes.shape).toEqual([3, 2]);
      expect(model.decode(codes).shape).toEqual([3, ...shape]);
      const [objective] = Object.values(model.objectives);
      const { grads } = tf.variableGrads(
        () => objective!.loss({ images }, randomStream(2), true).loss,
        objective!.variables(),
      );
      const unreached = Object.entries(namedWeights(model)).filter(
        ([, { name }]) => !(grads[name]!.abs().max().dataSync()[0]! > 0),
      );
      expect(unreached.map(([name]) => name)).toEqual([]);
    });
    disposeModel(model);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('a series is convolved along its steps alone: tf.conv1d gives the same', () => {
  const model = ae.build(options('conv1d', [9, 2], { channels: [3] }), randomStream(1));
  tf.tidy(() => {
    const series = randomStream(5).uniform([2, 9, 2]);
    const { 'encoder/conv0/kernel': kernel } = namedWeights(model); // [3, 1, 2, 3]
    const expected = swish(
      tf.conv1d(series as tf.Tensor3D, tf.reshape(kernel!, [3, 2, 3]) as tf.Tensor3D, 2, 'same'),
    );
    const first = tf.model({
      inputs: model.encoder.inputs,
      outputs: model.encoder.getLayer('conv0').output as tf.SymbolicTensor,
    });
    const found = first.predict(series) as tf.Tensor;
    expect(found.shape).toEqual([2, 5, 1, 3]);
    found.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected.dataSync()[i]!, 5));
  });
  disposeModel(model);
});

test('a model whose values are any says so, and one whose values are in [0, 1]', () => {
  const ranges = [
    ae.build(options('dense', [4]), randomStream(1)),
    ae.build(options('dense', [4], { output: 'linear' }), randomStream(1)),
    vae.build(options('dense', [4]), randomStream(1)),
    vae.build(options('dense', [4], { likelihood: 'gaussian' }), randomStream(1)),
  ].map((model) => {
    disposeModel(model);
    return model.range;
  });
  expect(ranges).toEqual(['unit', 'any', 'unit', 'any']);
});

test('each network says what it is and what it reads', () => {
  for (const [name, network] of Object.entries(networks)) {
    expect(network.name).toBe(name);
    expect(network.summary).not.toMatch(/\.$/);
    expect(network.reads).toContain('hidden');
  }
});
