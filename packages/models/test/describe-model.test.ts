import { useBackend } from '@ae/backend/node';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { describeModel } from '../src/describe-model.js';
import { defineModel, disposeModel, randomStream, vae, type Autoencoder } from '../src/index.js';
import { ownModels } from './own-models.js';

beforeAll(() => useBackend('wasm'));

describe('describeModel()', () => {
  test('says what a model was built from, its shape, and its layers by their weights', async () => {
    const random = randomStream(7, 3);
    const model = vae.build({ hidden: [4] }, random);
    const before = tf.memory().numTensors;
    const { counter } = random;
    expect(await describeModel(model, { classes: ['0', '1'] })).toEqual({
      model: 'vae',
      options: { ...vae.defaults, hidden: [4] },
      random: { seed: 7, counter: 3 },
      shape: [28, 28, 1],
      latentDim: 2,
      prior: 'standard normal',
      classes: ['0', '1'],
      networks: {
        encoder: [{ kind: 'Flatten' }, layer('encoder/hidden0', 'relu'), layer('encoder/mean', 'linear')],
        decoder: [
          layer('decoder/hidden0', 'relu'),
          layer('decoder/logits', 'linear'),
          { kind: 'Reshape', targetShape: [28, 28, 1] },
          { kind: 'Activation', activation: 'sigmoid' },
        ],
      },
    });
    expect([tf.memory().numTensors, random.counter]).toEqual([before, counter]);
    disposeModel(model);
  });

  test.each(ownModels.map((definition) => [definition.name, definition] as const))(
    'tells of the own model %s what it is, or why it takes TensorFlow.js',
    async (name, definition) => {
      const model = definition.build({}, randomStream(1));
      const { networks } = await describeModel(model);
      expect('cannot' in networks ? networks.cannot : 'plain').toBe(
        {
          recurrent: 'a layer of the kind TimeDistributed',
          nested: 'a layer of the kind SeparableConv2D',
          conditional: 'a `encode` that does not take any numbers',
          'with-codes-that-are-indices': 'an `encode` that is not what its encoder gives',
        }[name as string] ?? 'plain',
      );
      disposeModel(model);
    },
  );

  test.each([
    [
      'an encode of its own',
      { encode: (encoder) => (x) => tf.mul(encoder.apply(x) as tf.Tensor, 2) },
      'an `encode` that is not what its encoder gives',
    ],
    [
      'a decode of its own',
      { decode: (decoder) => (z) => tf.mul(decoder.apply(z) as tf.Tensor, 0.5) },
      'a `decode` that is not what its decoder gives',
    ],
    [
      'a decode that takes indices',
      { decode: () => (z) => tf.oneHot(tf.cast(z, 'int32') as tf.Tensor1D, 0) },
      'a `decode` that does not take any numbers',
    ],
    ['dilated windows', { layer: { dilationRate: 2 } }, 'a layer of the kind Conv2D with dilationRate [2,2]'],
    ['two ways that meet', { skip: true }, 'a layer of the kind Add with 2 inputs'],
  ] satisfies [string, Oddity, string][])('does not take %s for plain', async (_, oddity, why) => {
    const model = odd(oddity).build({}, randomStream(1));
    expect((await describeModel(model)).networks).toEqual({ cannot: why });
    disposeModel(model);
  });

  test('takes a sample that fails without labels for no prior, and the layers for plain all the same', async () => {
    const model = vae.build({ hidden: [3] }, randomStream(1));
    const conditional: Autoencoder = {
      ...model,
      sample: () => {
        throw new TypeError('Cannot sample: found no labels');
      },
    };
    const { prior, networks } = await describeModel(conditional);
    expect([prior, 'cannot' in networks]).toEqual([undefined, false]);
    disposeModel(model);
  });

  test('takes a sample that is not drawn from a standard normal for no prior', async () => {
    const model = vae.build({ hidden: [3] }, randomStream(1));
    const wider: Autoencoder = {
      ...model,
      sample: (count, random) =>
        tf.tidy(() => model.decode(tf.mul(random.normal([count, 2]), 3) as tf.Tensor2D)),
    };
    expect((await describeModel(wider)).prior).toBeUndefined();
    disposeModel(model);
  });
});

const layer = (path: string, activation: string) => ({
  kind: 'Dense',
  activation,
  kernel: `${path}/kernel`,
  bias: `${path}/bias`,
});

interface Oddity {
  encode?(encoder: tf.LayersModel): (x: tf.Tensor) => tf.Tensor;
  decode?(decoder: tf.LayersModel): (z: tf.Tensor) => tf.Tensor;
  layer?: { dilationRate: number };
  skip?: boolean;
}

function odd({ encode, decode, layer = { dilationRate: 1 }, skip = false }: Oddity) {
  return defineModel({
    name: 'odd',
    summary: 'A model of these tests',
    defaults: { latentDim: 2 },
    build({ latentDim }): Autoencoder {
      const images = tf.input({ shape: [6, 6, 1] });
      const map = tf.layers.conv2d({ filters: 1, kernelSize: 3, padding: 'same', ...layer });
      const seen = map.apply(images) as tf.SymbolicTensor;
      const both = skip ? (tf.layers.add().apply([seen, images]) as tf.SymbolicTensor) : seen;
      const flat = tf.layers.flatten().apply(both);
      const code = tf.layers.dense({ units: latentDim }).apply(flat) as tf.SymbolicTensor;
      const encoder = tf.model({ inputs: images, outputs: code });
      const decoder = tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [latentDim], units: 36 }),
          tf.layers.reshape({ targetShape: [6, 6, 1] }),
        ],
      });
      const loss = () => ({ loss: tf.scalar(0) });
      return {
        encoder,
        decoder,
        encode: (encode?.(encoder) ?? ((x) => encoder.apply(x) as tf.Tensor)) as Autoencoder['encode'],
        decode: (decode?.(decoder) ?? ((z) => decoder.apply(z) as tf.Tensor)) as Autoencoder['decode'],
        objectives: { none: { variables: () => [], loss } },
      };
    },
  });
}
