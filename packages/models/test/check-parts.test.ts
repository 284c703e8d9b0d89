import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  defineModel,
  disposeModel,
  namedWeights,
  randomStream,
  squaredError,
  trainableVariables,
  type Autoencoder,
  type Batch,
} from '../src/index.js';

const dense = (config: object = {}, name?: string) =>
  tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [2], ...config })],
    ...(name && { name }),
  });

/** A model of two layers, which `change` makes another, built with stream 1. */
function build(
  change: (model: Autoencoder) => Partial<Autoencoder> | void,
  random = randomStream(1),
): Autoencoder {
  const definition = defineModel({
    name: 'parts',
    summary: 'Two dense layers, for these tests',
    defaults: {},
    build() {
      const [encoder, decoder] = [dense(), dense()];
      const encode = (images: tf.Tensor) => encoder.apply(tf.reshape(images, [-1, 2])) as tf.Tensor2D;
      const decode = (codes: tf.Tensor2D) =>
        tf.reshape(decoder.apply(codes) as tf.Tensor2D, [-1, 1, 2, 1]) as tf.Tensor4D;
      const loss = ({ images }: Batch) => ({ loss: squaredError(decode(encode(images)), images) });
      const variables = () => trainableVariables(encoder, decoder);
      const model = { encoder, decoder, encode, decode, objectives: { elbo: { variables, loss } } };
      return { ...model, ...(change(model) ?? {}) };
    },
  });
  return definition.build({}, random);
}

/** The same with variables that a gradient changes too. */
const trainedToo = (model: Autoencoder, ...more: tf.Variable[]): Autoencoder['objectives'] => ({
  elbo: {
    ...model.objectives.elbo!,
    variables: () => [...model.objectives.elbo!.variables(), ...more],
  },
});

describe('defineModel() refuses', () => {
  test.each<[string, string, (model: Autoencoder) => Partial<Autoencoder> | void]>([
    [
      'a parameter that no objective trains',
      'found parameters.scale in no objective',
      () => ({ parameters: { scale: tf.variable(tf.scalar(1)) } }),
    ],
    [
      'a state that an objective trains',
      "found mean among an objective's variables()",
      (model) => {
        const mean = tf.variable(tf.scalar(1));
        return { state: { mean }, objectives: trainedToo(model, mean) };
      },
    ],
    [
      'an annealed variable that is no scalar',
      'found annealed.beta of shape [2], expected a scalar',
      () => ({ annealed: { beta: tf.variable(tf.ones([2])) } }),
    ],
    [
      'a variable that no part has',
      'which no part of the model has',
      () => void tf.variable(tf.scalar(1), false, 'lost'),
    ],
    ['a network that no part has', 'which no part of the model has', () => void dense({ name: 'forgotten' })],
    ...['encoder', 'decoder', 'parameters', 'state', 'annealed'].map(
      (name): [string, string, () => Partial<Autoencoder>] => [
        `a network called ${name}`,
        `found a network called "${name}", expected another name`,
        () => ({ networks: { [name]: dense() } }),
      ],
    ),
    [
      'a network that is none',
      'found no tf.LayersModel as critic',
      () => ({ networks: { critic: {} as never } }),
    ],
    ['a model without an objective', 'found no objective', () => ({ objectives: {} })],
    [
      'two weights of one name',
      'found two called "encoder/same/kernel"',
      () => ({
        encoder: tf.sequential({
          layers: [dense({ name: 'same' }).layers[0]!, tf.layers.dense({ units: 2, name: 'same' })],
        }),
      }),
    ],
    [
      'noise that is not from its stream',
      'found random numbers that are not from the `random` that build is given',
      () => ({ annealed: { beta: tf.variable(tf.randomNormal([]) as tf.Scalar) } }),
    ],
    [
      'a side of no length',
      'found a weight of shape [0,2], expected sides that are whole numbers from 1',
      () => ({ networks: { critic: dense({ inputShape: [0] }) } }),
    ],
  ])('%s, and leaves nothing behind', (_what, message, change) => {
    const before = tf.memory().numTensors;
    expect(() => build(change)).toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('a model that is built leaves TensorFlow.js as it was: its initializers draw from no stream of ours', () => {
  const random = randomStream(1);
  const model = build(() => ({ networks: { critic: dense() } }), random);
  expect(Object.keys(namedWeights(model))).toHaveLength(6);
  const { counter } = random;
  const unseeded = () => tf.tidy(() => [...tf.initializers.glorotUniform({}).apply([4, 4]).dataSync()]);
  expect(unseeded()).not.toEqual(unseeded());
  expect(random.counter).toBe(counter);
  disposeModel(model);
});
