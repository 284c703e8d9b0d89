import { useBackend } from '@ae/backend/node';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { describeModel } from '../../src/describe-model.js';
import {
  disposeModel,
  namedWeights,
  randomStream,
  zoo,
  type Autoencoder,
  type ModelDefinition,
  type RandomStream,
  type TensorData,
} from '../../src/index.js';
import { plainModel } from '../../src/plain.js';
import { smallOptions } from '../small-options.js';

beforeAll(() => useBackend('wasm'));

type Case = [what: string, name: keyof typeof zoo, options: object];

/** Every model of the zoo as it is, small. */
const asItIs = Object.values(zoo as unknown as Record<string, ModelDefinition>).map(
  (definition) => [`${definition.name} as it is`, definition.name, smallOptions(definition)] as Case,
);

/** Models around each kind of network and of each kind of shape. */
const ownCases: Case[] = [
  ['ae', 'ae', { hidden: [9, 7] }],
  [
    'ae with a relu code of rows of a table',
    'ae',
    { shape: [20], hidden: [8], codeActivation: 'relu', output: 'linear' },
  ],
  ['ae of odd sides', 'ae', { network: 'conv', shape: [7, 5, 3], channels: [3, 4], hidden: [8] }],
  [
    'ae of a series',
    'ae',
    { network: 'conv1d', shape: [11, 2], channels: [3, 4], hidden: [8], output: 'linear' },
  ],
  ['conv-ae', 'conv-ae', { channels: [3, 5], hidden: [8, 6] }],
  ['conv-ae in colour', 'conv-ae', { shape: [8, 12, 3], channels: [3, 5], hidden: [8] }],
  ['conv-ae around a map', 'conv-ae', { code: 'map', channels: [4, 2], latentDim: 98 }],
  ['vae', 'vae', { hidden: [9], latentDim: 5 }],
  ['vae in colour', 'vae', { shape: [6, 4, 3], hidden: [9, 8], latentDim: 3 }],
  ['vae of a series', 'vae', { network: 'conv1d', shape: [12, 1], channels: [3], strides: 1, hidden: [6] }],
  ['vae with a Gaussian likelihood', 'vae', { shape: [9], hidden: [6], likelihood: 'gaussian' }],
  [
    'vae of rows with categories and missing values',
    'vae',
    { shape: [6], hidden: [6], likelihood: 'student-t', categories: [0, 1, 1, 2, 2, 2], missing: true },
  ],
  [
    'ae of rows with a category',
    'ae',
    { shape: [5], hidden: [6], output: 'linear', categories: [0, 0, 1, 1, 1], missing: true },
  ],
  ['ae with a Bernoulli likelihood', 'ae', { shape: [4, 4, 1], hidden: [6], likelihood: 'bernoulli' }],
  [
    'conv-vae of a series with a variance for each value',
    'conv-vae',
    { shape: [12, 2], channels: [3, 4], hidden: 6, latentDim: 3, likelihood: 'gaussian', variance: 'each' },
  ],
  ['conv-vae', 'conv-vae', { channels: [3, 5], hidden: 8, latentDim: 4 }],
  ['conv-vae in colour', 'conv-vae', { shape: [16, 8, 3], channels: [3, 5, 4], hidden: 0, latentDim: 4 }],
  [
    'conv-vae without strides',
    'conv-vae',
    { channels: [2, 3], hidden: 0, strides: 1, kernelSize: 4, latentDim: 6, activation: 'relu' },
  ],
];

describe.each([...asItIs, ...ownCases])('a plain %s', (what, name, options) => {
  test.each([1, 4])('computes what TensorFlow.js computes, of %d at once', async (count) => {
    const random = randomStream(5);
    const model = (zoo[name] as unknown as ModelDefinition).build(
      options as ModelDefinition['defaults'],
      random,
    );
    try {
      drawBiases(model, random);
      const weights = await described(model);
      const { networks } = weights.description;
      if (what.endsWith('as it is') && 'cannot' in networks) {
        console.log(`${name} has no plain form: ${networks.cannot}`);
        return expect(() => plainModel(weights)).toThrow(networks.cannot);
      }
      const plain = plainModel(weights);
      expect(plain.name).toBe(name);
      const images = tf.keep(random.uniform([count, ...plain.shape])) as tf.Tensor4D;
      const codes = tf.keep(random.normal([count, plain.latentDim])) as tf.Tensor2D;
      expectClose(
        plain.encode(numbers(images)),
        tf.tidy(() => numbers(model.encode(images))),
      );
      expectClose(
        plain.decode(numbers(codes)),
        tf.tidy(() => numbers(model.decode(codes))),
      );
      tf.dispose([images, codes]);
    } finally {
      disposeModel(model);
    }
  });
});

test.each<[keyof typeof zoo, boolean]>([
  ['ae', false],
  ['conv-ae', false],
  ['vae', true],
  ['conv-vae', true],
])('%s has a plain form, generative: %s', async (name, generative) => {
  const definition = zoo[name] as unknown as ModelDefinition;
  const model = definition.build(smallOptions(definition), randomStream(5));
  expect(plainModel(await described(model))).toMatchObject({ name, generative });
  disposeModel(model);
});

async function described(model: Autoencoder) {
  const weights = Object.entries(namedWeights(model)).map(([key, variable]): [string, TensorData] => [
    key,
    { shape: variable.shape, data: variable.dataSync() as Float32Array },
  ]);
  return { tensors: Object.fromEntries(weights), description: await describeModel(model) };
}

/** Biases start at zero, where a mistake in them would not show. */
function drawBiases(model: Autoencoder, random: RandomStream): void {
  for (const variable of Object.values(namedWeights(model)))
    if (variable.shape.length === 1)
      tf.tidy(() => variable.assign(tf.mul(random.normal(variable.shape), 0.3)));
}

const numbers = (tensor: tf.Tensor) => tensor.dataSync() as Float32Array;

function expectClose(found: Float32Array, expected: Float32Array): void {
  expect(found.length).toBe(expected.length);
  expect(
    Math.max(...expected.map((value, i) => Math.abs(found[i]! - value) / (1 + Math.abs(value)))),
  ).toBeLessThan(1e-5);
}
