import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { arrangeKernels } from '../../src/native/kernels/arrange.js';
import { fillKernels } from '../../src/native/kernels/fill.js';
import { always, bools, describeNative, expectAgreement, floats, ints, kernel } from './agreement.js';
import { side } from './numbers.js';

type Make = (shape: readonly number[], seed: number) => tf.Tensor;
const makers = {
  float32: (shape, seed) => floats(shape, seed, [NaN, Infinity]),
  int32: (shape, seed) => ints(shape, seed, -9, 9),
  bool: bools,
} satisfies Record<string, Make>;

const shapes = (most: number) =>
  fc
    .array(fc.oneof(side(5), side(17)), { minLength: 1, maxLength: most })
    .filter((shape) => tf.util.sizeFromShape(shape) <= 8000);
const given = fc.record({
  shape: shapes(5),
  make: fc.constantFrom<Make>(...Object.values(makers)),
  seed: fc.nat(1000),
  /** Digits of what is chosen along each side. */
  choice: fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 }),
});

const exactly = { ofLargest: 0, absolute: 0, mayBeStock: true };

type Given = typeof given extends fc.Arbitrary<infer T> ? T : never;

const operations: Record<string, (given: Given) => () => tf.Tensor | tf.Tensor[]> = {
  Transpose: ({ shape, make, seed, choice }) => {
    const perm = shape.map((_, d) => d).sort((a, b) => choice[a]! - choice[b]! || a - b);
    return () => tf.transpose(make(shape, seed), perm);
  },
  Slice: ({ shape, make, seed, choice }) => {
    const begin = shape.map((length, d) => choice[d]! % (length + 1));
    const size = shape.map((length, d) => Math.floor(choice[d]! / 30) % (length - begin[d]! + 1));
    return () => tf.slice(make(shape, seed), begin, size);
  },
  SplitV: ({ shape, make, seed, choice }) => {
    const axis = choice[0]! % shape.length;
    const first = choice[1]! % (shape[axis]! + 1);
    return () => tf.split(make(shape, seed), [first, shape[axis]! - first], axis);
  },
  Concat: ({ shape, make, seed, choice }) => {
    const axis = choice[0]! % shape.length;
    const lengths = choice.slice(0, 1 + (choice[1]! % 4)).map((number) => number % 7);
    const parts = lengths.map((length) => shape.map((whole, d) => (d === axis ? length : whole)));
    return () =>
      tf.concat(
        parts.map((part, i) => make(part, seed + i)),
        axis,
      );
  },
  Pack: ({ shape, make, seed, choice }) => {
    const axis = choice[0]! % (shape.length + 1);
    return () =>
      tf.stack(
        Array.from({ length: 1 + (choice[1]! % 4) }, (_, i) => make(shape, seed + i)),
        axis,
      );
  },
  Unpack: ({ shape, make, seed, choice }) => {
    const axis = choice[0]! % shape.length;
    return () => tf.unstack(make(shape, seed), axis);
  },
  PadV2: ({ shape, make, seed, choice }) => {
    const paddings = shape.map((_, d): [number, number] => [choice[d]! % 3, choice[4 - d]! % 4]);
    return () => kernel('PadV2', { x: make(shape, seed) }, { paddings, constantValue: 1 });
  },
  Reverse: ({ shape, make, seed, choice }) => {
    const axes = shape.map((_, d) => d).filter((d) => choice[d]! % 2);
    return () => tf.reverse(make(shape, seed), axes);
  },
  Tile: ({ shape, make, seed, choice }) => {
    const reps = shape.map((_, d) => choice[d]! % 4);
    return () => tf.tile(make(shape, seed), reps);
  },
  Fill: ({ shape, make, seed }) => {
    const dtype = make === bools ? 'bool' : make === makers.int32 ? 'int32' : 'float32';
    return () => tf.fill(shape, dtype === 'bool' ? seed % 2 : seed - 500.5, dtype);
  },
  ZerosLike:
    ({ shape, make, seed }) =>
    () =>
      tf.zerosLike(make(shape, seed)),
  OnesLike:
    ({ shape, make, seed }) =>
    () =>
      tf.onesLike(make(shape, seed)),
};

describeNative('moving elements about on native', () => {
  for (const [name, operation] of Object.entries(operations))
    it(`${name} is that of the cpu backend for every element type`, () =>
      always(given, (chosen) => expectAgreement(operation(chosen), exactly), 100));

  it('agrees where threads share the work', () =>
    expectAgreement(
      () => [
        tf.transpose(floats([700, 301], 1)),
        tf.transpose(floats([31, 70, 53], 1), [2, 0, 1]),
        tf.transpose(floats([31, 70, 53], 1), [1, 0, 2]),
        tf.pad(floats([300, 301], 1), [[1, 2], [3, 4]]), // prettier-ignore
        tf.concat([floats([300, 301], 1), floats([300, 99], 2)], 1),
        tf.fill([200_001], 3),
      ],
      exactly,
    ));
});

describe('the test of moving elements about', () => {
  it('has every one of its kernels', () =>
    expect(Object.keys(operations).sort()).toEqual(
      Object.keys({ ...arrangeKernels, ...fillKernels }).sort(),
    ));
});
