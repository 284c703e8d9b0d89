import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Alike, broadcast either way, both ways and with a scalar. */
const shapes: Record<string, [number[], number[]]> = {
  alike: [
    [2, 3, 2],
    [2, 3, 2],
  ],
  'the second broadcast': [[2, 3, 2], [2]],
  'the first broadcast': [
    [3, 1],
    [2, 3, 2],
  ],
  'both broadcast': [
    [2, 1, 2],
    [3, 1],
  ],
  'with a scalar': [[2, 3], []],
};

const pairs = (op: string, f: Binary, range: { from?: number; to?: number } = {}, second = range): Case[] =>
  of(op, Object.fromEntries(Object.entries(shapes).map(([name, [a, b]]) => [name, [[{ shape: a, ...range }, { shape: b, ...second }], f]]))); // prettier-ignore

const factor =
  (f: Binary): Binary =>
  (a, b) =>
    tf.mul(a, tf.cast(f(a, b), 'float32'));

export const twoInputs: Case[] = [
  ...pairs('add', tf.add),
  ...pairs('sub', tf.sub),
  ...pairs('mul', tf.mul),
  ...pairs('div', tf.div, {}, { from: 0.4, to: 2 }),
  ...pairs('divNoNan', tf.divNoNan, {}, { from: 0.4, to: 2 }),
  ...pairs('maximum', tf.maximum, {}, { from: -1.4, to: 1.7 }),
  ...pairs('minimum', tf.minimum, {}, { from: -1.4, to: 1.7 }),
  ...pairs('squaredDifference', tf.squaredDifference),
  ...pairs('atan2', tf.atan2, { from: 0.2, to: 2 }),
  ...pairs('mod', tf.mod, { from: 3.1, to: 9 }, { from: 1.3, to: 2.1 }),
  ...pairs('floorDiv', tf.floorDiv, { from: 3.1, to: 9 }, { from: 1.3, to: 2.1 }),
  ...pairs('pow', tf.pow, { from: 0.3, to: 2 }, { from: -1.4, to: 2.3 }),
  ...of('pow', {
    'a negative base to a whole power': [[{ shape: [4], from: -2, to: -0.3 }], (x: tf.Tensor) => tf.pow(x, tf.scalar(3, 'int32').cast('float32'))], // prettier-ignore
    'zero squared': [[{ shape: [3], values: [0, 1, -2] }], (x: tf.Tensor) => tf.pow(x, tf.scalar(2))],
    'zero to the power of one': [
      [{ shape: [3], values: [0, 1, 2] }],
      (x: tf.Tensor) => tf.pow(x, tf.scalar(1)),
    ],
    'zero to the power of zero': [
      [{ shape: [3], values: [0, 1, 2] }],
      (x: tf.Tensor) => tf.pow(x, tf.scalar(0)),
    ],
  }),
  ...of('addN', { 'three terms, one twice': [[[2, 3], [2, 3]], (a: tf.Tensor, b: tf.Tensor) => tf.addN([a, b, a])] }), // prettier-ignore
  ...of('where', {
    alike: [[[2, 3], [2, 3]], (a: tf.Tensor, b: tf.Tensor) => tf.where(tf.tensor([1, 0, 1, 1, 0, 0], [2, 3], 'bool'), a, b)], // prettier-ignore
    broadcast: [
      [[2, 3], [1]],
      (a: tf.Tensor, b: tf.Tensor) => tf.where(tf.tensor([1, 0, 1], [3], 'bool'), a, b),
    ],
  }),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const).flatMap((op) =>
    of(op, { 'as a factor': [[[5], [5]], factor(tf[op])] }),
  ),
  ...(['logicalAnd', 'logicalOr', 'logicalXor'] as const).flatMap(
    (op) =>
    of(op, { 'of comparisons, as a factor': [[[5], [5]], factor((a, b) => tf[op](tf.greater(a, b), tf.less(a, 0.5)))] }), // prettier-ignore
  ),
  ...of('logicalNot', { 'of a comparison, as a factor': [[[5], [5]], factor((a, b) => tf.logicalNot(tf.greater(a, b)))] }), // prettier-ignore
  ...(['all', 'any'] as const).flatMap(
    (op) =>
    of(op, { 'of comparisons, as a factor': [[[2, 3], [2, 3]], factor((a, b) => tf[op](tf.lessEqual(a, b), 1, true))] }), // prettier-ignore
  ),
  ...of('dot', {
    vectors: [[[4], [4]], (a: tf.Tensor1D, b: tf.Tensor1D) => tf.dot(a, b)],
    'a matrix and a vector': [[[2, 4], [4]], (a: tf.Tensor, b: tf.Tensor) => tf.dot(a, b)],
  }),
  ...of('outerProduct', { '3 × 2': [[[3], [2]], (a: tf.Tensor1D, b: tf.Tensor1D) => tf.outerProduct(a, b)] }),
];
