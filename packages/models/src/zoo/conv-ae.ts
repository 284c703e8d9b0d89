// Convolutional autoencoder: the same narrow code, reached by convolutions, which know that neighbouring pixels
// belong together and need few weights.
// J. Masci, U. Meier, D. Cireşan & J. Schmidhuber, "Stacked convolutional auto-encoders for hierarchical feature
// extraction", ICANN, 2011.
import * as tf from '@tensorflow/tfjs';

import type { Batch } from '../autoencoder.js';
import { defineModel } from '../define-model.js';
import { squaredError } from '../parts/likelihood.js';
import { trainableVariables } from '../parts/trainable-variables.js';

const PIXELS = 28 * 28;

export const convAe = defineModel({
  name: 'conv-ae',
  summary: 'Convolutional autoencoder with a code of two dimensions, or a feature map as the origin has it',
  paper: {
    authors: 'J. Masci, U. Meier, D. Cireşan, J. Schmidhuber',
    title: 'Stacked convolutional auto-encoders for hierarchical feature extraction',
    venue: 'ICANN',
    year: 2011,
    url: 'https://doi.org/10.1007/978-3-642-21735-7_7',
  },
  defaults: {
    imageShape: [28, 28, 1],
    /** With `code: 'map'` the size of the map, height/4 · width/4 · the last of `channels`. */
    latentDim: 2,
    channels: [16, 32],
    /** 'vector': strided convolutions and dense layers around a vector. 'map': max-pooling; the last map is the code. */
    code: 'vector',
    /** Units of the dense layers between the feature map and a code that is a vector. */
    hidden: [512, 256, 128],
  },
  allowed: {
    imageShape: { whole: true, from: 1, count: 3 },
    latentDim: { whole: true, from: 1 },
    channels: { whole: true, from: 1, count: 2 },
    code: ['vector', 'map'],
    hidden: { whole: true, from: 1 },
  },
  recipes: {
    default: {
      description:
        'Ours: two dimensions behind strided convolutions and a dense layer, a rate that falls along a cosine',
      optimizer: { name: 'adam', learningRate: 2e-3 },
      schedule: { name: 'cosine' },
      batchSize: 64,
      epochs: 100,
    },
    original: {
      description:
        "The origin's 16 and 4 channels with max-pooling, whose code is a map of 7 × 7 × 4 = 196 numbers",
      options: { code: 'map', channels: [16, 4], latentDim: 196 },
      // PyTorch's 1e-8 belongs to a mean over pixels; this loss is a sum over them, so its gradients are larger.
      optimizer: { name: 'adam', learningRate: 1e-3, epsilon: 1e-8 * PIXELS },
      batchSize: 50,
      epochs: 20,
    },
  },

  build({ imageShape, latentDim, channels, code, hidden }) {
    const [height, width] = imageShape as [number, number, number];
    const map: [number, number, number] = [height / 4, width / 4, channels[1]!]; // after two halvings
    if (height % 4 !== 0 || width % 4 !== 0)
      throw new RangeError(
        `Cannot build conv-ae: found images of ${height} × ${width}, expected sides that 4 divides; pad or crop them`,
      );
    const mapSize = tf.util.sizeFromShape(map);
    if (code === 'map' && latentDim !== mapSize)
      throw new RangeError(
        `Cannot build conv-ae: latentDim is ${latentDim}, expected ${mapSize}, the size of the map`,
      );

    const { encoder, decoder } =
      code === 'map'
        ? aroundMap(imageShape, channels, map)
        : aroundVector(imageShape, channels, map, hidden, latentDim);
    const encode = (images: tf.Tensor4D) => encoder.apply(images) as tf.Tensor2D;
    const decode = (codes: tf.Tensor2D) => decoder.apply(codes) as tf.Tensor4D;
    const reconstruction = {
      variables: () => trainableVariables(encoder, decoder),
      loss({ images }: Batch) {
        const loss = squaredError(decode(encode(images)), images);
        return { loss, reconstruction: loss };
      },
    };
    return { encoder, decoder, encode, decode, objectives: { reconstruction } };
  },
});

/** The origin's: convolution and pooling twice, transposed convolutions back; nothing is dense. */
function aroundMap(imageShape: number[], channels: number[], map: number[]) {
  const [first, second] = channels as [number, number];
  const encoder = tf.sequential({
    name: 'encoder',
    layers: [
      tf.layers.conv2d({
        inputShape: imageShape,
        filters: first,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        name: 'conv0',
      }),
      tf.layers.maxPooling2d({ poolSize: 2, name: 'pool0' }), // [h, w] → [h/2, w/2]
      tf.layers.conv2d({
        filters: second,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        name: 'conv1',
      }),
      tf.layers.maxPooling2d({ poolSize: 2, name: 'pool1' }), // → [h/4, w/4]
      tf.layers.flatten({ name: 'code' }),
    ],
  });
  const decoder = tf.sequential({
    name: 'decoder',
    layers: [
      tf.layers.reshape({ inputShape: [tf.util.sizeFromShape(map)], targetShape: map, name: 'map' }),
      tf.layers.conv2dTranspose({
        filters: first,
        kernelSize: 2,
        strides: 2,
        activation: 'relu',
        name: 'deconv0',
      }),
      tf.layers.conv2dTranspose({
        filters: imageShape[2]!,
        kernelSize: 2,
        strides: 2,
        activation: 'sigmoid',
        name: 'images',
      }),
    ],
  });
  return { encoder, decoder };
}

/**
 * Ours: strides instead of pooling, so that a place is not lost, dense layers on either side of the code, and swish
 * (x · σ(x), Ramachandran, Zoph & Le 2017): a map out of two dimensions has to bend, and a smooth unit bends better.
 */
function aroundVector(
  imageShape: number[],
  channels: number[],
  map: number[],
  hidden: number[],
  latentDim: number,
) {
  const [first, second] = channels as [number, number];
  const strided = { kernelSize: 3, strides: 2, padding: 'same', activation: 'swish' } as const;
  const encoder = tf.sequential({
    name: 'encoder',
    layers: [
      tf.layers.conv2d({ ...strided, inputShape: imageShape, filters: first, name: 'conv0' }), // → [h/2, w/2]
      tf.layers.conv2d({ ...strided, filters: second, name: 'conv1' }), // → [h/4, w/4]
      tf.layers.flatten({ name: 'features' }),
      ...hidden.map((units, i) => tf.layers.dense({ units, activation: 'swish', name: `hidden${i}` })),
      tf.layers.dense({ units: latentDim, name: 'code' }),
    ],
  });
  const decoder = tf.sequential({
    name: 'decoder',
    layers: [
      tf.layers.inputLayer({ inputShape: [latentDim], name: 'codes' }),
      ...hidden
        .toReversed()
        .map((units, i) => tf.layers.dense({ units, activation: 'swish', name: `hidden${i}` })),
      tf.layers.dense({ units: tf.util.sizeFromShape(map), activation: 'swish', name: 'features' }),
      tf.layers.reshape({ targetShape: map, name: 'map' }),
      tf.layers.conv2dTranspose({ ...strided, filters: first, name: 'deconv0' }), // → [h/2, w/2]
      tf.layers.conv2dTranspose({
        ...strided,
        filters: imageShape[2]!,
        activation: 'sigmoid',
        name: 'images',
      }), // → [h, w]
    ],
  });
  return { encoder, decoder };
}
