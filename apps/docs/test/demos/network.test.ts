import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import {
  disposeModel,
  namedWeights,
  randomStream,
  zoo,
  type ModelDefinition,
  type TensorData,
} from '@ae/models';

import { hiddenActivation } from '../../src/demos/network/hidden-activation.js';
import { decode, encode } from '../../src/demos/network/network.js';
import { networkOfWeights } from '../../src/demos/network/network-of-weights.js';

/** Small models of every kind, and the origin's unstrided convolutions, where padding and sizes differ. */
const models: [string, keyof typeof zoo, Record<string, unknown>][] = [
  ['ae', 'ae', {}],
  ['vae', 'vae', {}],
  ['conv-ae', 'conv-ae', { channels: [3, 5], hidden: [8, 6] }],
  ['conv-vae', 'conv-vae', { channels: [3, 5], hidden: 8, latentDim: 4 }],
  [
    'conv-vae without strides',
    'conv-vae',
    { channels: [2, 3], hidden: 0, strides: 1, kernelSize: 4, latentDim: 6 },
  ],
];

describe('a network without TensorFlow.js', () => {
  test.each(models)('encodes and decodes as %s does with it', async (_, name, options) => {
    await tf.setBackend('cpu');
    const random = randomStream(5);
    const model = (zoo[name] as unknown as ModelDefinition).build(
      options as ModelDefinition['defaults'],
      random,
    );
    try {
      const weights = Object.entries(namedWeights(model)).map(([key, variable]): [string, TensorData] => {
        // Biases start at zero, where a mistake in them would not show.
        if (variable.shape.length === 1) tf.tidy(() => variable.assign(random.normal(variable.shape)));
        return [key, { shape: variable.shape, data: variable.dataSync() as Float32Array }];
      });
      const network = networkOfWeights(name, Object.fromEntries(weights), hiddenActivation[name]);
      const images = random.uniform([1, 28, 28, 1]) as tf.Tensor4D;
      const image = images.dataSync() as Float32Array;
      const codes = model.encode(images);
      expect(network.generative).toBe(name.endsWith('vae'));
      expectClose(encode(network, image), codes.dataSync());
      expectClose(decode(network, codes.dataSync() as Float32Array), model.decode(codes).dataSync());
    } finally {
      disposeModel(model);
    }
  });

  test('is refused where its layers do not follow one another', () => {
    const layer = (name: string, inputs: number, units: number): Record<string, TensorData> => ({
      [`${name}/kernel`]: { shape: [inputs, units], data: new Float32Array(inputs * units) },
      [`${name}/bias`]: { shape: [units], data: new Float32Array(units) },
    });
    const tensors = {
      ...layer('encoder/a', 784, 3),
      ...layer('encoder/b', 4, 2),
      ...layer('decoder/c', 2, 784),
    };
    expect(() => networkOfWeights('mine', tensors, 'relu')).toThrow(/takes 4 numbers after one that gives 3/);
  });
});

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  const worst = Math.max(
    ...Array.from(expected, (value, i) => Math.abs(found[i]! - value) / (1 + Math.abs(value))),
  );
  expect(worst).toBeLessThan(1e-4);
}
