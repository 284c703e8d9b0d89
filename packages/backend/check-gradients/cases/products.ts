import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

const transposed = (a: boolean, b: boolean): [string, [number[][], (a: tf.Tensor, b: tf.Tensor) => tf.Tensor]] => [
  `${a ? 'aᵀ' : 'a'} · ${b ? 'bᵀ' : 'b'}`,
  [
    [a ? [3, 2] : [2, 3], b ? [4, 3] : [3, 4]],
    (x, y) => tf.matMul(x, y, a, b),
  ],
]; // prettier-ignore

const batched = (a: number[], b: number[]): [number[][], (a: tf.Tensor, b: tf.Tensor) => tf.Tensor] => [
  [a, b],
  (x, y) => tf.matMul(x, y),
];

export const products: Case[] = [
  ...of('matMul', {
    ...Object.fromEntries([false, true].flatMap((a) => [false, true].map((b) => transposed(a, b)))),
    'a batch': batched([2, 2, 3], [2, 3, 2]),
    'one matrix for a batch, on the right': batched([3, 2, 3], [1, 3, 2]),
    'one matrix for a batch, on the left': batched([1, 2, 3], [3, 3, 2]),
    'batches that broadcast both ways': batched([2, 1, 2, 3], [3, 3, 2]),
    'one matrix for a batch, transposed': [[[1, 3, 2], [2, 4, 3]], (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, true, true)],
  }), // prettier-ignore
  ...of('fused.matMul', {
    'with a bias': [[[2, 3], [3, 4], [4]], (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) => tf.fused.matMul({ a, b, transposeA: false, transposeB: false, bias })],
    'with a bias, transposed, and relu': [[[3, 2], [4, 3], [4]], (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) => tf.fused.matMul({ a, b, transposeA: true, transposeB: true, bias, activation: 'relu' })],
  }), // prettier-ignore
  ...of('einsum', { 'a product': [[[2, 3], [3, 4]], (a: tf.Tensor, b: tf.Tensor) => tf.einsum('ij,jk->ik', a, b)] }), // prettier-ignore
  ...of('linalg.gramSchmidt', { 'two vectors': [[[2, 3]], (x: tf.Tensor2D) => tf.linalg.gramSchmidt(x) as tf.Tensor] }), // prettier-ignore
  ...of('linalg.qr', { 'the triangle': [[[3, 2]], (x: tf.Tensor) => tf.linalg.qr(x)[1]] }),
];
