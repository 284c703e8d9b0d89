import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

/** By name, between what values. */
const simple: [keyof typeof tf, number?, number?][] = [
  ...(['abs', 'asinh', 'atan', 'ceil', 'cos', 'cosh', 'elu', 'erf', 'exp', 'expm1', 'floor'] as const).map((name) => [name] as [typeof name]), // prettier-ignore
  ...(['clone', 'neg', 'relu', 'round', 'selu', 'sigmoid', 'sign', 'sin', 'sinh', 'softplus', 'square', 'step', 'tan', 'tanh', 'logSigmoid', 'onesLike', 'zerosLike'] as const).map((name) => [name] as [typeof name]), // prettier-ignore
  ['acos', -0.9, 0.9],
  ['asin', -0.9, 0.9],
  ['atanh', -0.9, 0.9],
  ['acosh', 1.1, 3],
  ['log', 0.2, 3],
  ['log1p', -0.8, 3],
  ['reciprocal', 0.3, 2],
  ['relu6', -3, 9],
  ['rsqrt', 0.3, 3],
  ['sqrt', 0.2, 3],
];

export const elementWise: Case[] = [
  ...simple.flatMap(([name, from, to]) =>
    of(name, {
      '2 × 3 × 2': [
        [from === undefined ? [2, 3, 2] : { shape: [2, 3, 2], from, to: to! }],
        tf[name] as (x: tf.Tensor) => tf.Tensor,
      ],
    }),
  ),
  ...of('reciprocal', { 'of negative values': [[{ shape: [5], from: -2, to: -0.3 }], (x: tf.Tensor) => tf.reciprocal(x)] }), // prettier-ignore
  ...of('clipByValue', { 'some inside': [[[3, 4]], (x: tf.Tensor) => tf.clipByValue(x, -0.6, 0.7)] }),
  ...of('leakyRelu', {
    'the usual slope': [[[3, 4]], (x: tf.Tensor) => tf.leakyRelu(x)],
    'slope 0.3': [[[3, 4]], (x: tf.Tensor) => tf.leakyRelu(x, 0.3)],
  }),
  ...of('step', { 'with a slope': [[[3, 4]], (x: tf.Tensor) => tf.step(x, 0.3)] }),
  ...of('prelu', {
    'a slope each': [[[2, 3, 2], { shape: [2, 3, 2], from: 0.1, to: 0.5 }], tf.prelu],
    'a slope a channel': [[[2, 3, 2], { shape: [2], from: 0.1, to: 0.5 }], tf.prelu],
    'broadcast in the middle': [[[2, 3, 2], { shape: [3, 1], from: -0.5, to: 0.5 }], tf.prelu],
  }),
  ...of('cast', {
    'to whole numbers and back': [[{ shape: [6], from: -4, to: 4 }], (x: tf.Tensor) => tf.cast(tf.cast(x, 'int32'), 'float32')], // prettier-ignore
    'to the same': [[[6]], (x: tf.Tensor) => tf.cast(x, 'float32')],
  }),
  ...of('isNaN', { 'as a factor': [[[6]], (x: tf.Tensor) => tf.mul(x, tf.cast(tf.isNaN(x), 'float32'))] }),
  ...of('isInf', { 'as a factor': [[[6]], (x: tf.Tensor) => tf.mul(x, tf.cast(tf.isInf(x), 'float32'))] }),
  ...of('isFinite', { 'as a factor': [[[6]], (x: tf.Tensor) => tf.mul(x, tf.cast(tf.isFinite(x), 'float32'))] }), // prettier-ignore
  ...of('dropout', {
    'of a seed': [[[4, 5]], (x: tf.Tensor) => tf.dropout(x, 0.4, undefined, 7)],
    'whole channels': [[[2, 3, 4]], (x: tf.Tensor) => tf.dropout(x, 0.4, [2, 1, 4], 7)],
  }),
];
