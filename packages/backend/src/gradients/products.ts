import * as tf from '@tensorflow/tfjs';
import { unbroadcast } from './broadcast.js';

/** A product of batches that broadcast; the stock gradient throws there. */
const matMul: tf.GradConfig = {
  kernelName: 'BatchMatMul',
  inputsToSave: ['a', 'b'],
  gradFunc: (gradient, [a, b], attributes) => {
    const dy = gradient as tf.Tensor;
    const { transposeA: tA, transposeB: tB } = attributes as { transposeA: boolean; transposeB: boolean };
    const byA = () => (tA ? tf.matMul(b!, dy, tB, true) : tf.matMul(dy, b!, false, !tB));
    const byB = () => (tB ? tf.matMul(dy, a!, true, tA) : tf.matMul(a!, dy, !tA, false));
    return { a: () => fitted(byA(), a!.shape), b: () => fitted(byB(), b!.shape) };
  },
};

const fitted = (gradient: tf.Tensor, shape: number[]) =>
  tf.util.arraysEqual(gradient.shape, shape) ? gradient : unbroadcast(gradient, shape);

export const products = [matMul];
