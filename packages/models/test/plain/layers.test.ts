import { useBackend } from '@ae/backend/node';
import { beforeAll, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { describeNetwork } from '../../src/describe-network.js';
import { CategoryProbabilities } from '../../src/parts/categories.js';
import { MissingAsZero } from '../../src/parts/missing.js';
import { layerKinds } from '../../src/plain/layer-kinds.js';
import { network } from '../../src/plain/network.js';
import { randomStream } from '../../src/random.js';
import type { TensorData } from '../../src/safetensors.js';

beforeAll(() => useBackend('wasm'));

const { layers } = tf;
const map = { inputShape: [5, 7, 3] };
const sequence = { inputShape: [9, 3] };

/** Every kind of layer, with the settings in which its ways part. */
const cases: [string, () => tf.layers.Layer][] = [
  ...(['linear', 'relu', 'sigmoid', 'swish', 'tanh', 'elu', 'softplus'] as const).map(
    (activation): [string, () => tf.layers.Layer] => [
      `Activation ${activation}`,
      () => layers.activation({ ...map, activation }),
    ],
  ),
  ['AveragePooling2D same', () => layers.averagePooling2d({ ...map, poolSize: [2, 3], padding: 'same' })],
  ['BatchNormalization', () => layers.batchNormalization(map)],
  ['BatchNormalization bare', () => layers.batchNormalization({ ...map, center: false, scale: false })],
  [
    'CategoryProbabilities',
    () => new CategoryProbabilities({ inputShape: [7], categories: [0, 2, 2, 1, 0, 2, 1] }),
  ],
  ['Conv1D', () => layers.conv1d({ ...sequence, filters: 4, kernelSize: 3, strides: 2, padding: 'same' })],
  ['Conv1D valid', () => layers.conv1d({ ...sequence, filters: 2, kernelSize: 4, useBias: false })],
  [
    'Conv2D same',
    () => layers.conv2d({ ...map, filters: 4, kernelSize: [3, 2], strides: [2, 3], padding: 'same' }),
  ],
  ['Conv2D valid', () => layers.conv2d({ ...map, filters: 2, kernelSize: 4, activation: 'elu' })],
  [
    'Conv2DTranspose same',
    () => layers.conv2dTranspose({ ...map, filters: 2, kernelSize: 4, strides: 3, padding: 'same' }),
  ],
  [
    'Conv2DTranspose valid',
    () => layers.conv2dTranspose({ ...map, filters: 2, kernelSize: [2, 5], strides: [3, 2], useBias: false }),
  ],
  [
    'Cropping2D',
    () =>
      layers.cropping2D({
        ...map,
        cropping: [
          [1, 2],
          [3, 0],
        ],
      }),
  ],
  ['Dense along the last side', () => layers.dense({ ...sequence, units: 4 })],
  ['Dropout', () => layers.dropout({ ...map, rate: 0.5 })],
  ['Flatten', () => layers.flatten(map)],
  ['GaussianNoise', () => layers.gaussianNoise({ ...map, stddev: 1 })],
  ['LeakyReLU', () => layers.leakyReLU({ ...map, alpha: 0.2 })],
  ['MaxPooling2D', () => layers.maxPooling2d({ ...map, poolSize: 2, strides: [1, 3] })],
  ['MaxPooling2D same', () => layers.maxPooling2d({ ...map, poolSize: 3, strides: 2, padding: 'same' })],
  ['MissingAsZero', () => new MissingAsZero(map)],
  ['Reshape with a side that follows', () => layers.reshape({ ...map, targetShape: [3, -1] })],
  ['UpSampling2D', () => layers.upSampling2d({ ...map, size: [2, 3] })],
  [
    'ZeroPadding2D',
    () =>
      layers.zeroPadding2d({
        ...map,
        padding: [
          [1, 0],
          [2, 3],
        ],
      }),
  ],
];

test('every kind of layer is among the cases', () => {
  expect(new Set(cases.map(([what]) => what.split(' ')[0]))).toEqual(new Set(Object.keys(layerKinds)));
});

test.each(cases)('%s gives what TensorFlow.js gives', (_, make) => {
  tf.tidy(() => {
    const layer = make();
    const model = tf.sequential({ layers: [layer] });
    const random = randomStream(3);
    const names = new Map<tf.Variable, string>();
    const tensors: Record<string, TensorData> = {};
    for (const weight of layer.weights) {
      const variable = weight.read() as tf.Variable;
      variable.assign(tf.abs(random.normal(variable.shape))); // a variance is positive
      names.set(variable, weight.originalName);
      tensors[weight.originalName] = {
        shape: variable.shape,
        data: variable.dataSync() as Float32Array,
      };
    }
    const shape = model.inputs[0]!.shape.slice(1) as number[];
    const input = random.normal([1, ...shape]);
    const expected = model.predict(input) as tf.Tensor;
    const plain = network('encoder', describeNetwork(model, names), tensors, shape);
    expect(plain.shape).toEqual(expected.shape.slice(1));
    const found = plain.run(input.dataSync() as Float32Array);
    const worst = Math.max(
      ...[...expected.dataSync()].map((value, i) => Math.abs(found[i]! - value) / (1 + Math.abs(value))),
    );
    expect(worst).toBeLessThan(1e-5);
    tf.dispose([...names.keys()]);
  });
});
