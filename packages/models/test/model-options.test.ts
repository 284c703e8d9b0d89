import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { defineModel, disposeModel, randomStream, vae, zoo, type ModelDefinition } from '../src/index.js';
import { smallOptions } from './small-options.js';

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

const models = zoo as unknown as Record<string, ModelDefinition>;
const small = (name: string) => ({ shape: [8, 8, 1], ...smallOptions(models[name]!) });
const build = (name: string, options: object) => models[name]!.build(options as never, randomStream(1));

describe('the options of a model', () => {
  test.each<[string, object, string]>([
    ['ae', { latentDim: 0 }, 'latentDim is 0, expected a whole number from 1'],
    ['ae', { latentDim: 1.5 }, 'latentDim is 1.5, expected a whole number from 1'],
    ['ae', { hidden: [8, -3] }, 'hidden is [8,-3], expected whole numbers from 1'],
    ['ae', { hidden: [0] }, 'hidden is [0], expected whole numbers from 1'],
    ['ae', { dropout: 1 }, 'dropout is 1, expected a number from 0 and below 1'],
    ['ae', { codeActivation: 'tanh' }, 'codeActivation is "tanh", expected "linear" or "relu"'],
    ['ae', { shape: [] }, 'shape is [], expected some whole numbers from 1'],
    ['ae', { network: 'cnn' }, 'network is "cnn", expected "conv" or "conv1d" or "dense"'],
    [
      'vae',
      { channels: [8] },
      'channels is [8], which the network "dense" does not read, expected network "conv" or "conv1d"',
    ],
    [
      'vae',
      { network: 'conv', shape: [20] },
      'shape is [20], expected [height, width, channels] for the network conv',
    ],
    ['ae', { network: 'conv1d' }, 'shape is [28,28,1], expected [steps, channels] for the network conv1d'],
    [
      'vae',
      { degreesOfFreedom: 3 },
      'degreesOfFreedom is 3, which the likelihood "bernoulli" does not read, expected likelihood "student-t"',
    ],
    [
      'vae',
      { shape: [3], likelihood: 'gaussian', categories: [0, 1] },
      'categories is [0,1], expected one number for each column of the shape [3]',
    ],
    [
      'ae',
      { shape: [3], categories: [0, 1, 1] },
      'categories is [0,1,1], expected a likelihood for any values beside them, such as "gaussian", or the output "linear"',
    ],
    ['vae', { latentDim: -1 }, 'latentDim is -1, expected a whole number from 1'],
    ['conv-ae', { channels: [] }, 'channels is [], expected some whole numbers from 1'],
    ['conv-ae', { code: 'matrix' }, 'code is "matrix", expected "vector" or "map"'],
    ['conv-ae', { code: 'map' }, 'latentDim is 2, expected 1568, the size of the map'],
    [
      'conv-ae',
      { code: 'map', shape: [27, 27, 1] },
      'shape is [27,27,1], expected sides that 4 divides where the code is a map; pad or crop the images',
    ],
    ['conv-vae', { kernelSize: 0 }, 'kernelSize is 0, expected a whole number from 1'],
    ['conv-vae', { hidden: -3 }, 'hidden is -3, expected a whole number from 0'],
    ['conv-vae', { strides: 3 }, 'strides is 3, expected 1 or 2'],
    ['conv-vae', { channels: [] }, 'channels is [], expected some whole numbers from 1'],
    [
      'conv-vae',
      { strides: 1, kernelSize: 15 },
      'kernelSize is 15, whose 2 convolutions take 28 off sides of 28 and 28, expected some to be left',
    ],
  ])('%s refuses %j', (name, options, message) => {
    expect(() => build(name, options)).toThrow(new RangeError(`Cannot build ${name}: ${message}`));
  });

  test.each<[string, object, string]>([
    [
      'vae',
      { latentDim: 1e9 },
      'weights of 1020 GB up to that of shape [256,1000000000], expected at most 1.07 GB',
    ],
    ['ae', { hidden: [100, 1e7] }, 'weights of 4 GB up to that of shape [100,10000000]'],
    ['ae', { hidden: [1000, 268_000] }, 'weights of 1.08 GB up to that of shape [1000,268000]'],
    ['conv-vae', { kernelSize: 5000 }, 'weights of 3.2 GB up to that of shape [5000,5000,1,32]'],
  ])('%s refuses %j before memory is taken for it', (name, options, message) => {
    const before = tf.memory();
    expect(() => build(name, options)).toThrow(message);
    expect(tf.memory().numTensors).toBe(before.numTensors);
  });

  test.each(['ae', 'conv-ae', 'vae'])(
    '%s is linear between the images and the code without hidden layers',
    (name) => {
      const model = build(name, { ...small(name), hidden: [] });
      tf.tidy(() => expect(model.decode(model.encode(tf.zeros([2, 8, 8, 1]))).shape).toEqual([2, 8, 8, 1]));
      disposeModel(model);
    },
  );

  test('a list may have to be of one length', () => {
    const { build: _, ...rest } = models.ae!;
    const three = defineModel({
      ...rest,
      name: 'three',
      defaults: { levels: [8, 5, 5] },
      allowed: { levels: { whole: true, from: 2, count: 3 } },
      recipes: { default: { ...rest.recipes.default, options: {} } },
      build: ({ levels }) => vae.build({ latentDim: levels.length }, randomStream(1)),
    });
    expect(() => three.build({ levels: [8, 5] }, randomStream(1))).toThrow(
      'Cannot build three: levels is [8,5], expected 3 whole numbers from 2',
    );
  });

  const values = [
    0,
    1,
    -3,
    1.5,
    7,
    1e9,
    2 ** 53,
    1e300,
    [],
    [0],
    [1],
    [3, 5],
    [-1, 2],
    [1.5],
    [1e9],
    [1, 1, 1],
    [9, 8, 3],
    '',
    'relu',
    'linear',
    'conv',
    'gaussian',
    'x',
    true,
  ];
  test.each(Object.keys(models))('%s either is built whole or says which option it refuses', (name) => {
    const before = tf.memory().numTensors;
    for (const option of Object.keys(models[name]!.defaults))
      for (const value of values) {
        const options = { ...small(name), [option]: value };
        try {
          const model = build(name, options);
          const shape = [2, ...(options as { shape: number[] }).shape];
          tf.tidy(() => {
            const images = model.decode(model.encode(tf.zeros(shape)));
            expect([options, images.shape]).toEqual([options, shape]);
            const [low, high] = model.range === 'any' ? [-Infinity, Infinity] : [0, 1];
            expect(images.dataSync().every((pixel) => pixel >= low && pixel <= high)).toBe(true);
          });
          disposeModel(model);
        } catch (error) {
          const { message } = error as Error;
          if (!/^Cannot build /.test(message)) throw error;
          expect(message).toMatch(
            new RegExp(
              `^Cannot build ${name}(: (${option}|shape|latentDim|kernelSize) is| with .*: found weights? of)`,
            ),
          );
        }
      }
    expect(tf.memory().numTensors).toBe(before);
  });
});
