import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { chooseKernels } from '../../src/native/kernels/choose.js';
import {
  always,
  bools,
  describeNative,
  expectAgreement,
  floats,
  ints,
  kernel,
  useNative,
} from './agreement.js';
import { side } from './numbers.js';

const given = fc.record({
  shape: fc
    .array(fc.oneof(side(5), side(17)), { minLength: 1, maxLength: 4 })
    .filter((shape) => tf.util.sizeFromShape(shape) <= 8000),
  seed: fc.nat(1000),
  whole: fc.boolean(),
  size: side(33, 2),
});
const dtypes = ['float32', 'int32', 'bool'] as const;
const exactly = { ofLargest: 0, absolute: 0, mayBeStock: true };

type Given = typeof given extends fc.Arbitrary<infer T> ? T : never;
const make = ({ whole }: Given, shape: readonly number[], seed: number) =>
  whole ? ints(shape, seed, -9, 9) : floats(shape, seed, [NaN, Infinity]);

const operations: Record<string, (given: Given) => () => tf.Tensor | tf.Tensor[]> = {
  Cast:
    ({ shape, seed }) =>
    () => {
      const all = [
        floats(shape, seed, [NaN, -Infinity, 3e9, -5e9, 1e20]),
        ints(shape, seed, -9, 9),
        bools(shape, seed),
      ];
      return all.flatMap((x) => dtypes.map((dtype) => tf.cast(x, dtype)));
    },
  Select: (chosen) => () =>
    kernel('Select', {
      condition: bools(chosen.shape, chosen.seed),
      t: make(chosen, chosen.shape, chosen.seed + 1),
      e: make(chosen, chosen.shape, chosen.seed + 2),
    }),
  LogicalNot:
    ({ shape, seed }) =>
    () =>
      tf.logicalNot(bools(shape, seed)),
  GatherV2: (chosen) => {
    const axis = chosen.seed % chosen.shape.length;
    const length = chosen.shape[axis]!;
    return () =>
      tf.gather(
        make(chosen, chosen.shape, chosen.seed),
        ints([length ? chosen.size : 0], 3, 0, Math.max(length - 1, 0)),
        axis,
      );
  },
  UnsortedSegmentSum:
    ({ shape, seed, size }) =>
    () =>
      tf.unsortedSegmentSum(floats(shape, seed), ints([shape[0]!], seed, -1, size - 1) as tf.Tensor1D, size),
  OneHot:
    ({ shape, seed, size }) =>
    () =>
      tf.oneHot(ints(shape.slice(0, 2), seed, -1, size), size, 2.5, -1, 'float32'),
};

describeNative('choosing elements on native', () => {
  for (const [name, operation] of Object.entries(operations))
    it(`${name} is that of the cpu backend`, () =>
      always(
        given,
        (chosen) =>
          expectAgreement(operation(chosen), {
            ...exactly,
            ofLargest: name === 'UnsortedSegmentSum' ? 1e-6 : 0,
          }),
        100,
      ));

  it('gather refuses an index outside, and keeps nothing', async () => {
    await useNative();
    for (const index of [-1, 4, 1_000_000])
      expect(() => tf.tidy(() => tf.gather(floats([4, 3], 1), tf.tensor1d([0, index], 'int32')))).toThrow(
        `the index value ${index} is not in [0, 3]`,
      );
  });

  it('gives gradients of gather that add up', () =>
    expectAgreement(() => {
      const twice = (x: tf.Tensor) => tf.gather(x, tf.tensor1d([1, 1, 0], 'int32')).square();
      return tf.grad(twice)(floats([4, 5], 1));
    }));
});

describe('the test of choosing elements', () => {
  it('has every one of its kernels', () =>
    expect(Object.keys(operations).sort()).toEqual(Object.keys(chooseKernels).sort()));
});
