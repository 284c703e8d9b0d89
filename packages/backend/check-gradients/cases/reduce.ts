import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

type Reduction = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor;

const ways = (op: string, f: Reduction): Case[] =>
  of(op, {
    'over everything': [[[2, 3, 2]], (x: tf.Tensor) => f(x)],
    'over the last axis': [[[2, 3, 4]], (x: tf.Tensor) => f(x, -1)],
    'over the first axis': [[[2, 3, 2]], (x: tf.Tensor) => f(x, 0)],
    'over the middle axis, kept': [[[2, 3, 2]], (x: tf.Tensor) => f(x, 1, true)],
    'over axes that are not neighbours': [[[2, 3, 4, 2]], (x: tf.Tensor) => f(x, [0, 2])],
    'over axes out of order, kept': [[[2, 3, 2]], (x: tf.Tensor) => f(x, [2, 1], true)],
  });

const cumulative = (op: 'cumsum' | 'cumprod'): Case[] =>
  of(op, {
    'along the last axis': [[[2, 4]], (x: tf.Tensor) => tf[op](x, 1)],
    'along the first axis': [[[3, 2]], (x: tf.Tensor) => tf[op](x, 0)],
    'along the first axis of a square': [[[3, 3]], (x: tf.Tensor) => tf[op](x, 0)],
    'along the middle axis, exclusive': [[[2, 3, 2]], (x: tf.Tensor) => tf[op](x, 1, true)],
    reversed: [[[2, 3, 2]], (x: tf.Tensor) => tf[op](x, 1, false, true)],
    'reversed and exclusive': [[[2, 3, 2]], (x: tf.Tensor) => tf[op](x, 2, true, true)],
  });

export const reducing: Case[] = [
  ...(['sum', 'mean', 'max', 'min', 'prod', 'logSumExp', 'euclideanNorm'] as const).flatMap((name) =>
    ways(name, tf[name] as Reduction),
  ),
  ...of('prod', { 'with zeros': [[{ shape: [2, 3], values: [0, 2, 3, 0, 0, 5] }], (x: tf.Tensor) => tf.prod(x, 1)] }), // prettier-ignore
  ...cumulative('cumsum'),
  ...cumulative('cumprod'),
  ...of('moments', {
    'of all but the channels': [[[2, 3, 2]], (x: tf.Tensor) => Object.values(tf.moments(x, [0, 1]))],
    'of channels, kept': [[[2, 3, 2]], (x: tf.Tensor) => Object.values(tf.moments(x, 2, true))],
  }),
  ...of('norm', {
    euclidean: [[[2, 3]], (x: tf.Tensor) => tf.norm(x)],
    'of rows': [[[2, 3]], (x: tf.Tensor) => tf.norm(x, 'euclidean', 1)],
    'the sum of sizes': [[[2, 3]], (x: tf.Tensor) => tf.norm(x, 1, 1)],
    'the largest size': [[[2, 3]], (x: tf.Tensor) => tf.norm(x, Infinity, 1)],
  }),
  ...of('argMax', { 'as a factor': [[[2, 3]], (x: tf.Tensor) => tf.mul(tf.sum(x, 1), tf.cast(tf.argMax(x, 1), 'float32'))] }), // prettier-ignore
  ...of('argMin', { 'as a factor': [[[2, 3]], (x: tf.Tensor) => tf.mul(tf.sum(x, 1), tf.cast(tf.argMin(x, 1), 'float32'))] }), // prettier-ignore
  ...of('topk', { 'two of each row': [[[2, 4]], (x: tf.Tensor) => tf.topk(x, 2).values] }),
  ...of('bincount', { 'weights': [[[4]], (x: tf.Tensor1D) => tf.bincount(tf.tensor1d([0, 2, 2, 1], 'int32'), x, 3)] }), // prettier-ignore
  ...of('denseBincount', { 'weights': [[[4]], (x: tf.Tensor1D) => tf.denseBincount(tf.tensor1d([0, 2, 2, 1], 'int32'), x, 3)] }), // prettier-ignore
];
