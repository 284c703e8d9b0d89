import { it } from '@jest/globals';
import type * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { always, describeNative, expectAgreement, floats, kernel } from './agreement.js';
import { side, SPECIALS } from './numbers.js';

const activation = fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu');
const product = fc.record({
  batch: fc.constantFrom<[number[], number[]]>(
    [[], []],
    [[], []],
    [[3], [3]],
    [[3], [1]],
    [[1], [4]],
    [
      [2, 3],
      [2, 3],
    ],
    [
      [2, 1],
      [1, 3],
    ],
    [[0], [0]],
  ),
  ...{ m: side(65), n: side(65), k: side(65) },
  ...{ transposeA: fc.boolean(), transposeB: fc.boolean() },
  seed: fc.nat(1000),
});

interface Product {
  batch: [number[], number[]];
  m: number;
  n: number;
  k: number;
  transposeA: boolean;
  transposeB: boolean;
  seed: number;
}

const operands = (
  { batch: [ofA, ofB], m, n, k, transposeA, transposeB, seed }: Product,
  specials: number[] = [],
) => ({
  a: floats([...ofA, ...(transposeA ? [k, m] : [m, k])], seed, specials),
  b: floats([...ofB, ...(transposeB ? [n, k] : [k, n])], seed + 1, specials),
});
const flags = ({ transposeA, transposeB }: Product) => ({ transposeA, transposeB });

describeNative('matrix products on native', () => {
  it('are those of the cpu backend in all transpositions and batches', () =>
    always(product, (given) =>
      expectAgreement(() => kernel('BatchMatMul', operands(given), flags(given)), {
        mayBeStock: given.batch[0].length > 1,
      }),
    ));

  it('carry infinities and what is no number to where the cpu backend has them', () =>
    always(product, (given) =>
      expectAgreement(() => kernel('BatchMatMul', operands(given, SPECIALS), flags(given)), {
        mayBeStock: given.batch[0].length > 1,
      }),
    ));

  it('add a bias and apply an activation as the cpu backend does', () =>
    always(
      fc.record({ product, activation, biased: fc.boolean() }),
      ({ product: given, activation: name, biased }) =>
        expectAgreement(
          () =>
            kernel(
              '_FusedMatMul',
              {
                ...operands(given),
                ...(biased && { bias: floats([given.n], 5) }),
                ...(name === 'prelu' && { preluActivationWeights: floats([given.n], 6) }),
              } as Record<string, tf.Tensor>,
              { ...flags(given), activation: name, leakyreluAlpha: 0.3 },
            ),
          { mayBeStock: name === 'prelu' || given.batch[0].length > 1 },
        ),
    ));

  it('agree where the shared side is cut into several pieces', () =>
    always(
      fc.record({ m: side(33, 1), n: side(65, 1), k: fc.integer({ min: 380, max: 1200 }), seed: fc.nat(9) }),
      async ({ m, n, k, seed }) => {
        for (const transposeA of [false, true])
          for (const transposeB of [false, true]) {
            const given = { batch: [[], []] as [number[], number[]], m, n, k, transposeA, transposeB, seed };
            await expectAgreement(() => kernel('BatchMatMul', operands(given), flags(given)), {
              ofLargest: 1e-5,
            });
          }
      },
      8,
    ));
});
