import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { unaryKernels } from '../../src/native/kernels/unary.js';
import { always, describeNative, expectAgreement, kernel, type Tolerance } from './agreement.js';
import { numbers, side, SPECIALS } from './numbers.js';

/** Where the inputs come from, and how far apart two programs may round. */
interface Case extends Tolerance {
  attrs?: object;
  /** What the numbers in [-2, 2] are turned into. @default 8 times them */
  input?: (x: number) => number;
}

const EPSILON = 2 ** -23;
const cube = (x: number) => 10 * x ** 3;
const exact: Case = { relative: 0, input: cube };
const close: Case = { relative: 4 * EPSILON };

const cases: Record<string, Case> = {
  ...{
    Abs: exact,
    Neg: exact,
    Square: exact,
    Relu: exact,
    Relu6: exact,
    Sign: exact,
    Floor: exact,
    Ceil: exact,
  },
  ...{
    Round: exact,
    Sqrt: { ...exact, relative: EPSILON },
    Rsqrt: close,
    Reciprocal: { ...close, relative: EPSILON },
  },
  Step: { ...exact, attrs: { alpha: 0.25 } },
  LeakyRelu: { ...close, attrs: { alpha: 0.25 } },
  ClipByValue: { ...exact, attrs: { clipValueMin: -3, clipValueMax: 4 } },
  Exp: { ...close, input: (x) => 44 * x, absolute: 1e-37 },
  Expm1: { ...close, input: cube },
  Log: { ...close, input: (x) => Math.abs(cube(x)), absolute: EPSILON },
  Log1p: { ...close, input: (x) => Math.abs(cube(x)) - 0.5 },
  Sigmoid: { ...close, input: (x) => 40 * x },
  Softplus: { ...close, input: (x) => 10 * x, absolute: 1e-7 }, // stock adds 1 and loses the rest where x is far below 0
  ...{
    Tanh: close,
    Elu: close,
    Selu: close,
    Sin: { ...close, absolute: EPSILON },
    Cos: { ...close, absolute: EPSILON },
  },
  ...{ Tan: { ...close, relative: 8 * EPSILON }, Atan: close, Asinh: close, Sinh: close, Cosh: close },
  ...{ Acos: { ...close, input: (x) => x / 1.5 }, Asin: { ...close, input: (x) => x / 1.5 } },
  Acosh: { ...close, input: (x) => Math.abs(x) + 0.5 },
  Atanh: { ...close, input: (x) => x / 1.5 },
  Erf: { ...close, absolute: 2e-7 }, // stock uses a formula of that error
};

const sizes = fc.oneof(
  side(300).map((n) => [n]),
  fc.tuple(side(17), side(17)).map((shape): number[] => shape),
);

describeNative('element-wise functions on native', () => {
  for (const [name, { attrs, input = (x: number) => 8 * x, ...tolerance }] of Object.entries(cases)) {
    it(`${name} is that of the cpu backend, infinities and what is no number included`, () =>
      always(
        fc.record({ shape: sizes, seed: fc.nat(1000), special: fc.boolean() }),
        ({ shape, seed, special }) => {
          const values = numbers(
            tf.util.sizeFromShape(shape),
            seed,
            special ? [...SPECIALS, 1e-40, 3e38] : [],
          );
          return expectAgreement(() => kernel(name, { x: tf.tensor(values.map(input), shape) }, attrs), {
            ...{ ofLargest: 0, ...tolerance },
          });
        },
        15,
      ));
  }

  it('agree where threads share the work', () =>
    expectAgreement(() =>
      Object.entries(cases).map(([name, { attrs, input = (x: number) => x }]) =>
        kernel(name, { x: tf.tensor(numbers(200_003, 1).map(input)) }, attrs),
      ),
    ));
});

describe('the test of element-wise functions', () => {
  it('has every one of them', () =>
    expect(Object.keys(cases).sort()).toEqual(Object.keys(unaryKernels).sort()));
});
