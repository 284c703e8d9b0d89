import * as tf from '@tensorflow/tfjs';

import {
  defineModel,
  squaredError,
  trainableVariables,
  type Autoencoder,
  type Batch,
  type Given,
  type Objective,
  type RandomStream,
} from '../src/index.js';

/** What an own model adds to a small encoder and decoder. */
type Added = Partial<Autoencoder> & { encoderLayers?: tf.layers.Layer[] };

const SIDE = 28;
const { dense } = tf.layers;

/** Models as users write them, each with a part that the zoo's have not. */
export const ownModels = [
  own('with-a-critic', ({ encode }) => {
    const critic = tf.sequential({
      layers: [dense({ inputShape: [2], units: 3, activation: 'elu' }), dense({ units: 1, useBias: false })],
    });
    const judge: Objective = {
      variables: () => trainableVariables(critic),
      loss({ images }: Batch, random) {
        const score = (codes: tf.Tensor) => tf.mean(critic.apply(codes) as tf.Tensor);
        const codes = encode(images);
        return { loss: tf.softplus(tf.sub(score(codes), score(random.normal(codes.shape)))) as tf.Scalar };
      },
    };
    return { networks: { critic }, objectives: { judge } };
  }),
  own('with-an-unlisted-critic', ({ encode }) => {
    const critic = tf.sequential({ layers: [dense({ inputShape: [2], units: 1 })] });
    return {
      objectives: {
        judge: {
          variables: () => trainableVariables(critic),
          loss: ({ images }) => ({
            loss: tf.mean(tf.square(tf.sub(critic.apply(encode(images)) as tf.Tensor, 1))) as tf.Scalar,
          }),
        },
      },
    };
  }),
  own('with-a-layer-of-its-own', ({ encode }) => {
    const head = dense({ units: 1, inputShape: [2], kernelInitializer: 'heNormal' });
    head.build([null, 2]);
    return {
      objectives: {
        head: {
          variables: () => head.trainableWeights.map((w) => w.read() as tf.Variable),
          loss: ({ images }) => ({
            loss: tf.mean(tf.square(tf.sub(head.apply(encode(images)) as tf.Tensor, 1))) as tf.Scalar,
          }),
        },
      },
    };
  }),
  own('with-parameters-and-state', ({ encode }, random) => {
    const centres = tf.variable(random.normal([4, 2]));
    const count = tf.variable(tf.zeros([4]), false);
    const weight = tf.variable(tf.scalar(0.5), false);
    return {
      parameters: { centres },
      state: { count },
      annealed: { weight },
      objectives: {
        clusters: {
          variables: () => [centres],
          loss({ images }) {
            const codes = tf.expandDims(encode(images), 1); // [batch, 1, 2]
            const distances = tf.sum(tf.square(tf.sub(codes, centres)), 2);
            return { loss: tf.mul(weight, tf.mean(distances)) as tf.Scalar };
          },
        },
      },
    };
  }),
  own('conditional', ({ encode, decode }, random) => {
    const places = tf.variable(random.normal([10, 2]));
    const placeOf = (labels?: tf.Tensor1D) => {
      if (!labels) throw new TypeError('Cannot use a conditional model: found no labels, expected some');
      return tf.matMul(tf.cast(tf.oneHot(labels, 10), 'float32'), places);
    };
    const encodeGiven = (images: tf.Tensor, given: Given = {}) =>
      tf.sub(encode(images), placeOf(given.labels)) as tf.Tensor2D;
    const decodeGiven = (codes: tf.Tensor2D, given: Given = {}) =>
      decode(tf.add(codes, placeOf(given.labels)));
    return {
      parameters: { places },
      encode: encodeGiven,
      decode: decodeGiven,
      sample: (count, stream, given) => decodeGiven(stream.normal([count, 2]) as tf.Tensor2D, given),
      objectives: {
        places: {
          variables: () => [places],
          loss: ({ images, labels }) => ({
            loss: tf.mean(tf.square(encodeGiven(images, labels && { labels }))),
          }),
        },
      },
    };
  }),
  own('with-codes-that-are-indices', ({ encode, decode }, random) => {
    const entries = tf.variable(random.normal([4]));
    const nearest = (images: tf.Tensor) =>
      tf.argMin(tf.abs(tf.sub(tf.expandDims(encode(images), 2), entries)), 2); // [batch, 2]
    const lookUp = (indices: tf.Tensor) =>
      tf.reshape(
        tf.matMul(
          tf.cast(tf.oneHot(tf.cast(tf.reshape(indices, [-1]), 'int32'), 4), 'float32'),
          tf.expandDims(entries, 1),
        ),
        [-1, 2],
      ) as tf.Tensor2D;
    return {
      code: { kind: 'categorical', places: [2], classes: 4 },
      parameters: { entries },
      encode: (images) => tf.cast(nearest(images), 'float32') as tf.Tensor2D,
      decode: (codes) => decode(lookUp(codes)),
      objectives: {
        entries: {
          variables: () => [entries],
          loss: ({ images }) => ({ loss: squaredError(lookUp(nearest(images)), encode(images)) }),
        },
      },
    };
  }),
  own('recurrent', () => ({
    encoderLayers: [
      tf.layers.reshape({ inputShape: [SIDE, SIDE, 1], targetShape: [4, 7, SIDE] }),
      tf.layers.timeDistributed({ layer: tf.layers.gru({ units: 3 }) }), // [batch, 4, 3]
      tf.layers.bidirectional({
        layer: tf.layers.lstm({ units: 3, returnSequences: true }) as never,
        mergeMode: 'concat',
      }),
      tf.layers.rnn({
        cell: [tf.layers.gruCell({ units: 3 }), tf.layers.lstmCell({ units: 2 })] as never,
      }),
    ],
  })),
  own('nested', () => ({
    encoderLayers: [
      tf.sequential({
        layers: [
          tf.layers.separableConv2d({ inputShape: [SIDE, SIDE, 1], filters: 2, kernelSize: 3, strides: 4 }),
          tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [7, 7, 2], filters: 2, kernelSize: 3 })] }),
        ],
      }),
      tf.layers.prelu({ alphaInitializer: 'randomUniform' }),
      tf.layers.flatten(),
      dense({ units: 4, kernelInitializer: 'orthogonal' }),
      dense({ units: 4, kernelInitializer: 'orthogonal', activation: 'tanh' }),
    ],
  })),
] as const;

function own(
  name: string,
  parts: (made: Pick<Autoencoder, 'encode' | 'decode'>, random: RandomStream) => Added,
) {
  return defineModel({
    name,
    summary: 'A model of these tests',
    paper: { authors: 'nobody', title: 'none', venue: 'none', year: 2026 },
    defaults: { latentDim: 2 },
    build({ latentDim }, random): Autoencoder {
      const { encoderLayers, objectives, ...rest } = parts(
        { encode: (images) => encode(images), decode: (codes) => decode(codes) },
        random,
      );
      const encoder = tf.sequential({
        layers: [
          ...(encoderLayers ?? [
            tf.layers.flatten({ inputShape: [SIDE, SIDE, 1] }),
            dense({ units: 5, activation: 'tanh' }),
          ]),
          dense({ units: latentDim }),
        ],
      });
      const decoder = tf.sequential({
        layers: [
          dense({ inputShape: [latentDim], units: SIDE * SIDE, activation: 'sigmoid' }),
          tf.layers.reshape({ targetShape: [SIDE, SIDE, 1] }),
        ],
      });
      const encode = (images: tf.Tensor) => encoder.apply(images) as tf.Tensor2D;
      const decode = (codes: tf.Tensor2D) => decoder.apply(codes) as tf.Tensor4D;
      const reconstruction: Objective = {
        variables: () => trainableVariables(encoder, decoder),
        loss({ images }) {
          const loss = squaredError(decode(encode(images)), images);
          return { loss, reconstruction: loss };
        },
      };
      return { encoder, decoder, encode, decode, ...rest, objectives: { reconstruction, ...objectives } };
    },
  });
}
