import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

const whole = (values: number[], shape: number[] = [values.length]) => tf.tensor(values, shape, 'int32');

export const picking: Case[] = [
  ...of('gather', {
    'rows, one of them twice': [[[4, 3]], (x: tf.Tensor) => tf.gather(x, whole([2, 0, 2]))],
    columns: [[[2, 4, 3]], (x: tf.Tensor) => tf.gather(x, whole([3, 1, 1]), 1)],
    'the last axis, as −1': [[[2, 3, 4]], (x: tf.Tensor) => tf.gather(x, whole([3, 0]), -1)],
    'a table of rows': [[[4, 3]], (x: tf.Tensor) => tf.gather(x, whole([2, 0, 2, 1], [2, 2]))],
    'a table along the second axis': [
      [[2, 4, 3]],
      (x: tf.Tensor) => tf.gather(x, whole([2, 0, 2, 1], [2, 2]), 1),
    ],
    'for every image its own': [
      [[2, 4, 3]],
      (x: tf.Tensor) => tf.gather(x, whole([2, 0, 3, 3], [2, 2]), 1, 1),
    ],
    'for every image a table of its own': [[[2, 4, 3]], (x: tf.Tensor) => tf.gather(x, whole([2, 0, 3, 3, 1, 0, 2, 1], [2, 2, 2]), 1, 1)], // prettier-ignore
    'for every image its own, the last axis': [[[2, 3, 4]], (x: tf.Tensor) => tf.gather(x, whole([2, 0, 3, 3], [2, 2]), 2, 1)], // prettier-ignore
  }),
  ...of('unsortedSegmentSum', {
    'rows of one number together': [[[4, 3]], (x: tf.Tensor) => tf.unsortedSegmentSum(x, whole([1, 0, 1, 2]) as tf.Tensor1D, 4)], // prettier-ignore
  }),
  ...of('gatherND', {
    'two places': [[[2, 3]], (x: tf.Tensor) => tf.gatherND(x, whole([0, 1, 1, 2], [2, 2]))],
  }),
  ...of('scatterND', {
    'two places': [[[2]], (x: tf.Tensor) => tf.scatterND(whole([1, 3], [2, 1]), x, [5])],
  }),
  ...of('tensorScatterUpdate', { 'two places': [[[5], [2]], (x: tf.Tensor, updates: tf.Tensor) => tf.tensorScatterUpdate(x, whole([1, 3], [2, 1]), updates)] }), // prettier-ignore
  ...of('sparseToDense', {
    'two places': [[[2]], (x: tf.Tensor1D) => tf.sparseToDense(whole([1, 3]), x, [5])],
  }),
  ...of('oneHot', { 'as factors': [[[3, 4]], (x: tf.Tensor) => tf.mul(x, tf.cast(tf.oneHot(whole([2, 0, 1]), 4), 'float32'))] }), // prettier-ignore
  ...of('unique', { '': [[[4]], (x: tf.Tensor) => tf.unique(x).values] }),
];
