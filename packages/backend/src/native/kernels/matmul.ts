import * as tf from '@tensorflow/tfjs';

import { isFloat, sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';
import { activationNumber } from '../operations.js';

interface MatMulAttrs {
  transposeA: boolean;
  transposeB: boolean;
  activation?: string;
  leakyreluAlpha?: number;
}

const matMul: NativeKernel<MatMulAttrs> = (backend, { a, b, bias }, attrs) => {
  const activation = activationNumber(attrs.activation ?? 'linear');
  if (!a || !b || !isFloat(a, b, bias) || activation === undefined) return undefined;
  const { transposeA, transposeB, leakyreluAlpha = 0.2 } = attrs;
  const [m, innerA] = sides(a.shape, transposeA);
  const [innerB, n] = sides(b.shape, transposeB);
  const outerA = a.shape.slice(0, -2);
  const outerB = b.shape.slice(0, -2);
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  const batchA = sizeOf(outerA);
  const batchB = sizeOf(outerB);
  tf.util.assert(
    innerA === innerB,
    () =>
      `Error in matMul: inner shapes (${innerA}) and (${innerB}) of Tensors with shapes ${a.shape} and ${b.shape} ` +
      `and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
  );
  // Batches that broadcast in more ways than one repeated operand, and biases that are not one row, are rare.
  const simple = batchA === batchB ? String(outerA) === String(outerB) : batchA === 1 || batchB === 1;
  if (!simple || (bias && sizeOf(bias.shape) !== n)) return undefined;
  if (bias && bias.shape.at(-1) !== n) return undefined;
  const out = backend.output([...outer, m, n], 'float32');
  backend.launch(
    'MatMul',
    [batchA, batchB, m, n, innerA, +transposeA, +transposeB, activation, leakyreluAlpha, bias ? 1 : 0],
    bias ? [a, b, bias] : [a, b],
    [out],
  );
  return out;
};

const sides = (shape: readonly number[], transposed: boolean): [number, number] => {
  const rows = shape[shape.length - 2]!;
  const columns = shape[shape.length - 1]!;
  return transposed ? [columns, rows] : [rows, columns];
};

export const matMulKernels: NativeKernels = {
  BatchMatMul: matMul as NativeKernel,
  _FusedMatMul: matMul as NativeKernel,
};
