import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { binaryKernels } from '../../src/native/kernels/binary.js';
import { always, bools, describeNative, expectAgreement, floats, ints, kernel } from './agreement.js';
import { side, SPECIALS } from './numbers.js';

/** Two shapes of up to five sides that broadcast: each side of either may be one, and leading ones may be left out. */
const shapes = fc
  .record({
    out: fc.array(fc.oneof(side(5), side(17, 1)), { maxLength: 5 }),
    ones: fc.tuple(fc.nat(31), fc.nat(31)),
    dropped: fc.tuple(fc.nat(5), fc.nat(5)),
  })
  .filter(({ out }) => tf.util.sizeFromShape(out) <= 5000)
  .map(({ out, ones, dropped }) => {
    const narrowed = (which: 0 | 1) => {
      const shape = out.map((length, d) => ((ones[which] >> d) % 2 ? 1 : length));
      let leading = 0;
      while (leading < Math.min(dropped[which], shape.length) && shape[leading] === 1) leading++;
      return shape.slice(leading);
    };
    return [narrowed(0), narrowed(1)] as const;
  });
const pairs = fc.record({ shapes, seed: fc.nat(1000), special: fc.boolean() });

const EPSILON = 2 ** -23;
const exact = { ofLargest: 0, relative: EPSILON };
const arithmetic = {
  ...{ Add: exact, Sub: exact, Multiply: exact, RealDiv: exact, Maximum: exact, Minimum: exact },
  ...{ SquaredDifference: { ...exact, relative: 2 * EPSILON }, Pow: { ...exact, relative: 4 * EPSILON } },
  Mod: { ...exact, absolute: EPSILON },
  Atan2: { ...exact, relative: 4 * EPSILON },
};
const comparisons = ['Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'GreaterEqual'];
const logical = ['LogicalAnd', 'LogicalOr'];
const elsewhere = ['IsNan', 'AddN', 'Prelu', 'EluGrad', 'SigmoidCrossEntropyWithLogits'];

describeNative('operations on two tensors on native', () => {
  for (const [name, tolerance] of Object.entries(arithmetic))
    it(`${name} is that of the cpu backend for all shapes that broadcast`, () =>
      always(
        pairs,
        ({ shapes: [a, b], seed, special }) =>
          expectAgreement(
            () => {
              const specials = special ? SPECIALS : [];
              return kernel(name, { a: floats(a, seed, specials), b: floats(b, seed + 1, specials) });
            },
            { ...tolerance, mayBeStock: true },
          ),
        30,
      ));

  for (const name of comparisons)
    it(`${name} is that of the cpu backend for float32 and int32`, () =>
      always(
        pairs,
        async ({ shapes: [a, b], seed, special }) => {
          const specials = special ? SPECIALS : [];
          await expectAgreement(() =>
            kernel(name, { a: floats(a, seed, specials), b: floats(b, seed + 1, specials) }),
          );
          await expectAgreement(() => kernel(name, { a: ints(a, seed, -2, 2), b: ints(b, seed + 1, -2, 2) }));
        },
        20,
      ));

  for (const name of logical)
    it(`${name} is that of the cpu backend`, () =>
      always(
        pairs,
        ({ shapes: [a, b], seed }) =>
          expectAgreement(() => kernel(name, { a: bools(a, seed), b: bools(b, seed + 1) })),
        20,
      ));

  it('AddN adds any number of tensors', () =>
    always(
      fc.record({ count: side(9, 2), shape: fc.array(side(9), { maxLength: 3 }), seed: fc.nat(99) }),
      ({ count, shape, seed }) =>
        expectAgreement(() => tf.addN(Array.from({ length: count }, (_, i) => floats(shape, seed + i)))),
    ));

  it('Prelu and EluGrad are those of the cpu backend', () =>
    always(pairs, async ({ shapes: [x, alpha], seed, special }) => {
      const specials = special ? SPECIALS : [];
      await expectAgreement(
        () => kernel('Prelu', { x: floats(x, seed, specials), alpha: floats(alpha, seed + 1) }),
        exact,
      );
      await expectAgreement(
        () => kernel('EluGrad', { dy: floats(x, seed, specials), y: floats(x, seed + 1) }),
        exact,
      );
    }));

  it('IsNan, which is a comparison with itself, is that of the cpu backend', () =>
    always(pairs, ({ shapes: [x], seed }) =>
      expectAgreement(() => kernel('IsNan', { x: floats(x, seed, SPECIALS) })),
    ));

  it('SigmoidCrossEntropyWithLogits is max(l, 0) - l t + log(1 + exp(-|l|)) for labels t and logits l', () =>
    always(
      fc.record({
        shape: fc.tuple(side(17), side(65)),
        seed: fc.nat(1000),
        factor: fc.constantFrom(1, 8, 60),
      }),
      ({ shape, seed, factor }) => {
        const labels = () => tf.abs(floats(shape, seed).div(2));
        const logits = () => floats(shape, seed + 1).mul(factor);
        return expectAgreement(
          () => kernel('SigmoidCrossEntropyWithLogits', { labels: labels(), logits: logits() }),
          { ofLargest: EPSILON, relative: 4 * EPSILON, absolute: EPSILON },
          () => {
            const [t, l] = [labels(), logits()];
            return tf
              .relu(l)
              .sub(l.mul(t))
              .add(tf.log1p(tf.exp(tf.neg(tf.abs(l)))));
          },
        );
      },
    ));

  it('agree where threads share the work', () =>
    expectAgreement(
      () => [
        ...Object.keys(arithmetic).map((name) =>
          kernel(name, { a: floats([300, 401], 1), b: floats([401], 2) }),
        ),
        ...Object.keys(arithmetic).map((name) =>
          kernel(name, { a: floats([300, 401], 1), b: floats([300, 1], 2) }),
        ),
        ...comparisons.map((name) => kernel(name, { a: floats([150_001], 1), b: floats([150_001], 2) })),
      ],
      { ofLargest: 0, relative: 4 * EPSILON, absolute: EPSILON },
    ));
});

describe('the test of operations on two tensors', () => {
  it('has every one of them', () =>
    expect([...Object.keys(arithmetic), ...comparisons, ...logical, ...elsewhere].sort()).toEqual(
      Object.keys(binaryKernels).sort(),
    ));
});
