import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  defineModel,
  disposeModel,
  namedWeights,
  randomStream,
  squaredError,
  trainableVariables,
  vae,
  type Batch,
} from '../src/index.js';

const tiny = defineModel({
  name: 'tiny',
  summary: 'Two dense layers, for these tests',
  paper: { authors: 'nobody', title: 'none', venue: 'none', year: 2026 },
  defaults: { latentDim: 2, kernelInitializer: 'glorotUniform', fail: false as boolean },
  build({ latentDim, kernelInitializer, fail }) {
    const encoder = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [4, 4, 1] }),
        tf.layers.dense({ units: latentDim, kernelInitializer: kernelInitializer as 'glorotUniform' }),
      ],
    });
    if (fail) throw new Error('no luck');
    const decoder = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [latentDim], units: 16 }),
        tf.layers.reshape({ targetShape: [4, 4, 1] }),
      ],
    });
    const encode = (images: tf.Tensor) => encoder.apply(images) as tf.Tensor2D;
    const decode = (codes: tf.Tensor2D) => decoder.apply(codes) as tf.Tensor4D;
    const loss = ({ images }: Batch) => ({ loss: squaredError(decode(encode(images)), images) });
    const variables = () => trainableVariables(encoder, decoder);
    return { encoder, decoder, encode, decode, objectives: { reconstruction: { variables, loss } } };
  },
});

describe('defineModel()', () => {
  test('gives a model of a few lines a default recipe and names for its unnamed layers', () => {
    const model = tiny.build({}, randomStream(1));
    expect(tiny.recipes.default.optimizer).toEqual({ name: 'adam', learningRate: 1e-3 });
    expect(Object.keys(namedWeights(model))).toEqual([
      'encoder/dense0/kernel',
      'encoder/dense0/bias',
      'decoder/dense0/kernel',
      'decoder/dense0/bias',
    ]);
    disposeModel(model);
  });

  test('refuses an unknown option, naming the known ones', () => {
    expect(() => vae.build({ latentDims: 3 } as object, randomStream(1))).toThrow(
      new RangeError(
        'Cannot build vae: unknown option "latentDims", expected one of shape, kernelSize, strides, activation, latentDim, network, hidden, channels, likelihood, variance, degreesOfFreedom, categories, missing',
      ),
    );
  });

  test.each([
    [{ latentDim: '2' }, 'latentDim is "2", expected a number'],
    [{ latentDim: NaN }, 'latentDim is null, expected a number'],
    [{ hidden: [1, 'a'] }, 'hidden is [1,"a"], expected a list of numbers'],
  ])('refuses %j', (options, message) => {
    expect(() => vae.build(options as object, randomStream(1))).toThrow(TypeError);
    expect(() => vae.build(options as object, randomStream(1))).toThrow(message);
  });

  test.each([0, -1, 1.5])('says what could not be built with a latentDim of %d', (latentDim) => {
    expect(() => vae.build({ latentDim }, randomStream(1))).toThrow(/^Cannot build vae/);
  });

  test('takes a model without a paper', () => {
    const { paper: _, ...idea } = tiny;
    disposeModel(defineModel(idea).build({}, randomStream(1)));
  });

  test.each<[object, string]>([
    [{ paper: {} }, 'tiny has paper {}, expected { authors, title, venue, year }, or none'],
    [
      { paper: 'Kingma 2014' },
      'tiny has paper "Kingma 2014", expected { authors, title, venue, year }, or none',
    ],
    [{ recipes: {} }, 'tiny has the recipes none, expected one called default'],
    [{ recipes: { fast: tiny.recipes.default } }, 'tiny has the recipes fast, expected one called default'],
  ])('refuses a definition with %j', (wrong, message) => {
    expect(() => defineModel({ ...tiny, ...wrong })).toThrow(
      new TypeError(`Cannot define a model: ${message}`),
    );
  });

  test('refuses a name that is not kebab-case', () => {
    expect(() => defineModel({ ...tiny, name: 'My Model' })).toThrow('expected kebab-case');
  });

  test('leaves exactly the variables of a model, and nothing of one whose building fails', () => {
    const before = tf.memory().numTensors;
    const model = tiny.build({}, randomStream(1));
    expect(tf.memory().numTensors - before).toBe(4);
    disposeModel(model);
    expect(() => tiny.build({ fail: true }, randomStream(1))).toThrow('no luck');
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    ['glorotUniform', (n: number) => Math.sqrt(6 / (16 + n)) / Math.sqrt(3)],
    ['heNormal', () => Math.sqrt(2 / 16) * 0.8796], // a normal cut at two deviations keeps 0.8796 of its own
    ['leCunNormal', () => Math.sqrt(1 / 16) * 0.8796],
    ['randomNormal', () => 0.05],
    ['randomUniform', () => 0.05 / Math.sqrt(3)],
    ['zeros', () => 0],
  ])('draws weights as their layer asks: %s', (kernelInitializer, expectedDeviation) => {
    const model = tiny.build({ latentDim: 500, kernelInitializer }, randomStream(0));
    const values = [...namedWeights(model)['encoder/dense0/kernel']!.dataSync()];
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(Math.abs(deviation - expectedDeviation(500))).toBeLessThanOrEqual(0.03 * expectedDeviation(500));
    disposeModel(model);
  });
});
