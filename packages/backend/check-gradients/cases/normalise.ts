import * as tf from '@tensorflow/tfjs';
import { type Case, type Input, of } from '../case.js';

const variance = (shape: number[]): Input => ({ shape, from: 0.5, to: 2 });

export const normalising: Case[] = [
  ...of('softmax', {
    'of rows': [[[2, 4]], (x: tf.Tensor) => tf.softmax(x)],
    'of rank 3': [[[2, 3, 2]], (x: tf.Tensor) => tf.softmax(x)],
  }),
  ...of('logSoftmax', {
    'of rows': [[[2, 4]], (x: tf.Tensor) => tf.logSoftmax(x)],
    'of rank 3': [[[2, 3, 2]], (x: tf.Tensor) => tf.logSoftmax(x, 2)],
  }),
  ...of('batchNorm', {
    'a value a channel': [[[2, 3, 2, 2], [2], variance([2]), [2], [2]], (x: tf.Tensor4D, m: tf.Tensor1D, v: tf.Tensor1D, o: tf.Tensor1D, s: tf.Tensor1D) => tf.batchNorm(x, m, v, o, s)],
    'without offset and scale': [[[2, 3, 2, 2], [2], variance([2])], (x: tf.Tensor4D, m: tf.Tensor1D, v: tf.Tensor1D) => tf.batchNorm(x, m, v)],
    'a value each': [[[2, 3, 2, 2], [2, 3, 2, 2], variance([2, 3, 2, 2])], (x: tf.Tensor4D, m: tf.Tensor4D, v: tf.Tensor4D) => tf.batchNorm(x, m, v)],
    'broadcast along another axis': [[[2, 3, 2, 2], [1, 3, 1, 1], variance([1, 3, 1, 1]), [1, 3, 1, 1], [1, 3, 1, 1]], (x: tf.Tensor4D, m: tf.Tensor4D, v: tf.Tensor4D, o: tf.Tensor4D, s: tf.Tensor4D) => tf.batchNorm(x, m, v, o, s)],
  }), // prettier-ignore
  ...of('batchNorm2d', { '': [[[3, 2], [2], variance([2]), [2], [2]], (x: tf.Tensor2D, m: tf.Tensor1D, v: tf.Tensor1D, o: tf.Tensor1D, s: tf.Tensor1D) => tf.batchNorm2d(x, m, v, o, s)] }), // prettier-ignore
  ...of('batchNorm3d', { '': [[[2, 3, 2], [2], variance([2]), [2], [2]], (x: tf.Tensor3D, m: tf.Tensor1D, v: tf.Tensor1D, o: tf.Tensor1D, s: tf.Tensor1D) => tf.batchNorm3d(x, m, v, o, s)] }), // prettier-ignore
  ...of('batchNorm4d', { '': [[[2, 3, 2, 2], [2], variance([2]), [2], [2]], (x: tf.Tensor4D, m: tf.Tensor1D, v: tf.Tensor1D, o: tf.Tensor1D, s: tf.Tensor1D) => tf.batchNorm4d(x, m, v, o, s)] }), // prettier-ignore
  ...of('localResponseNormalization', {
    'near channels': [[[2, 2, 3, 4]], (x: tf.Tensor4D) => tf.localResponseNormalization(x, 1, 1, 0.8, 0.6)],
    'one image, all channels': [
      [[2, 3, 3]],
      (x: tf.Tensor3D) => tf.localResponseNormalization(x, 5, 2, 0.5, 0.75),
    ],
  }),
];
