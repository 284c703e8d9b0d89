import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { always, expectAgreement, usePatchedWasm, values } from '../agreement.js';

beforeAll(usePatchedWasm);
afterEach(() => expect(tf.memory().numTensors).toBe(0));

const size = fc.integer({ min: 0, max: 70 });
const product = fc.record({ m: size, k: size, n: size, transposeA: fc.boolean(), transposeB: fc.boolean() });
const matrix = (rows: number, columns: number, transposed: boolean, seed: number) =>
  values(transposed ? [columns, rows] : [rows, columns], seed) as tf.Tensor2D;

describe('matMul() on wasm', () => {
  it('agrees with the cpu backend for every size and transposition, empty ones too', () =>
    always(product, ({ m, k, n, transposeA, transposeB }) =>
      expectAgreement(() =>
        tf.matMul(matrix(m, k, transposeA, 1), matrix(k, n, transposeB, 2), transposeA, transposeB),
      ),
    ));

  it('agrees with the cpu backend across its blocks of 64 rows, 256 columns and 256 terms', () =>
    expectAgreement(() =>
      tf.matMul(values([130, 515], 1) as tf.Tensor2D, values([515, 261], 2) as tf.Tensor2D),
    ));

  it('broadcasts batches', async () => {
    for (const [a, b] of [
      [
        [3, 2, 4],
        [3, 4, 5],
      ],
      [
        [1, 2, 4],
        [3, 4, 5],
      ],
      [
        [3, 2, 4],
        [4, 5],
      ],
      [
        [2, 3, 2, 4],
        [1, 1, 4, 5],
      ],
    ] as const)
      await expectAgreement(() => tf.matMul(values([...a], 1), values([...b], 2)));
  });

  it('broadcasts batches against each other as if each were repeated', async () => {
    await tf.setBackend('wasm');
    const found = tf.tidy(() => tf.matMul(values([2, 1, 3, 4], 1), values([1, 5, 4, 2], 2)));
    const expected = tf.tidy(() =>
      tf.matMul(
        tf.tile(values([2, 1, 3, 4], 1), [1, 5, 1, 1]),
        tf.tile(values([1, 5, 4, 2], 2), [2, 1, 1, 1]),
      ),
    );
    expect(found.shape).toEqual([2, 5, 3, 2]);
    expect(await found.data()).toEqual(await expected.data());
    tf.dispose([found, expected]);
  });
});

describe('matMul() on wasm, at its edges', () => {
  it('refuses inner sizes that differ', async () => {
    await tf.setBackend('wasm');
    expect(() => tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 4]), false, true))).toThrow(
      'Cannot multiply [2,3] and [3,4]: found inner sizes 3 and 4, expected matrices with equal ones',
    );
  });

  it('multiplies whole numbers', () =>
    expectAgreement(() =>
      tf.matMul(tf.tensor2d([[1, 2]], [1, 2], 'int32'), tf.tensor2d([[3], [4]], [2, 1], 'int32')),
    ));
});

describe('fused.matMul() on wasm', () => {
  const activation = fc.constantFrom('linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu', 'prelu');

  it('agrees with the cpu backend for every activation, transposition and bias', () =>
    always(
      fc.record({ product, activation, bias: fc.constantFrom('none', 'row', 'scalar') }),
      ({ product: { m, k, n, transposeA, transposeB }, activation, bias }) =>
        expectAgreement(
          () =>
            tf.fused.matMul({
              a: matrix(m, k, transposeA, 1),
              b: matrix(k, n, transposeB, 2),
              ...{ transposeA, transposeB, activation: activation as tf.fused.Activation },
              ...(bias === 'none' ? {} : { bias: values(bias === 'row' ? [n] : [1], 3) }),
              ...(activation === 'prelu' ? { preluActivationWeights: values([n], 4) } : {}),
            }),
          4e-6,
        ),
    ));

  it('has the gradients of the cpu backend', async () => {
    const loss = (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
      tf.sum(
        tf.square(
          tf.fused.matMul({
            a: a as tf.Tensor2D,
            b: b as tf.Tensor2D,
            bias,
            transposeB: true,
            activation: 'relu',
          }),
        ),
      );
    for (const which of [0, 1, 2])
      await expectAgreement(
        () => tf.grads(loss)([values([50, 60], 1), values([70, 60], 2), values([70], 3)])[which]!,
      );
  });
});
