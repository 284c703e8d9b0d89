import { useBackend } from '@ae/backend/node';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  bernoulliNll,
  categoriesOf,
  gaussianNll,
  observationOf,
  squaredError,
  studentTNll,
  type ObservationOptions,
} from '../../src/index.js';

const found = await Promise.all(
  ['cpu', 'wasm', 'native'].map(async (backend) => {
    const reason = await useBackend(backend).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (reason) console.log(`skipped on ${backend}: ${reason}`);
    return reason ? [] : [backend];
  }),
);

describe.each(found.flat())('on %s', (backend) => {
  beforeAll(async () => void (await useBackend(backend)));

  /** Runs in a tidy and expects numbers one by one. */
  const expectNumbers = (compute: () => tf.Tensor, expected: number[], digits = 4) => {
    const numbers = tf.tidy(() => [...compute().dataSync()]);
    expect(numbers).toHaveLength(expected.length);
    numbers.forEach((value, i) => expect([i, value]).toEqual([i, expect.closeTo(expected[i]!, digits)]));
  };

  describe('bernoulliNll()', () => {
    const logits = [-30, -2, 0, 0.5, 3, 40];
    const pixels = [0, 0.25, 1, 0.5, 1, 0];

    test('is -Σ x log p + (1 - x) log(1 - p), averaged over the batch', () => {
      const softplus = (l: number) => Math.max(l, 0) + Math.log1p(Math.exp(-Math.abs(l)));
      const expected = logits.reduce((sum, l, i) => sum + softplus(l) - l * pixels[i]!, 0) / 2;
      expectNumbers(() => bernoulliNll(tf.tensor2d(logits, [2, 3]), tf.tensor2d(pixels, [2, 3])), [expected]);
    });

    test('has the gradient (σ(l) - x) / batch', () => {
      const expected = logits.map((l, i) => (1 / (1 + Math.exp(-l)) - pixels[i]!) / 2);
      expectNumbers(
        () => tf.grad((l) => bernoulliNll(l, tf.tensor2d(pixels, [2, 3])))(tf.tensor2d(logits, [2, 3])),
        expected,
        6,
      );
    });
  });

  const [means, values] = [
    [0, 1, -2, 0.5],
    [0.3, 1, 1, -1],
  ];
  /** Of -log of a density, summed over the values and averaged over a batch of two. */
  const nllOf = (density: (x: number, mean: number, column: number) => number) =>
    -values.reduce((sum, x, i) => sum + Math.log(density(x, means[i]!, i % 2)), 0) / 2;
  const given = () => [tf.tensor2d(means, [2, 2]), tf.tensor2d(values, [2, 2])] as const;

  describe('gaussianNll()', () => {
    const density = (x: number, mean: number, variance: number) =>
      Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);

    test('is minus the logarithm of the density, with one variance or one for each column', () => {
      const nll = (logVariance: () => tf.Tensor) => () => gaussianNll(given()[0], logVariance(), given()[1]);
      expectNumbers(
        nll(() => tf.scalar(Math.log(0.7))),
        [nllOf((x, mean) => density(x, mean, 0.7))],
      );
      expectNumbers(
        nll(() => tf.tensor1d([Math.log(0.7), Math.log(3)])),
        [nllOf((x, mean, column) => density(x, mean, column === 0 ? 0.7 : 3))],
      );
    });

    test('is least where a variance is the mean squared error of what it is for', () => {
      const squares = values.map((x, i) => (x - means[i]!) ** 2);
      const slopes = (at: () => tf.Tensor) => () =>
        tf.grad((logVariance) => gaussianNll(given()[0], logVariance, given()[1]))(at());
      const [one, each] = [
        squares.reduce((sum, square) => sum + square) / 4,
        [(squares[0]! + squares[2]!) / 2, (squares[1]! + squares[3]!) / 2],
      ];
      expectNumbers(
        slopes(() => tf.scalar(Math.log(one))),
        [0],
      );
      expectNumbers(
        slopes(() => tf.tensor1d(each.map(Math.log))),
        [0, 0],
      );
    });
  });

  describe('studentTNll()', () => {
    /** The densities that have no gamma function in them. */
    const densities: [degrees: number, (z: number) => number][] = [
      [1, (z) => 1 / (Math.PI * (1 + z * z))],
      [2, (z) => (1 + (z * z) / 2) ** -1.5 / (2 * Math.SQRT2)],
      [3, (z) => 2 / (Math.PI * Math.sqrt(3) * (1 + (z * z) / 3) ** 2)],
      [4, (z) => (3 / 8) * (1 + (z * z) / 4) ** -2.5],
      // All but a Gaussian: the first term of the expansion in 1/ν (Fisher 1925).
      [900, (z) => Math.exp((-z * z) / 2 + (z ** 4 - 2 * z * z - 1) / (4 * 900)) / Math.sqrt(2 * Math.PI)],
    ];
    test.each(densities)(
      'with %d degrees of freedom is minus the logarithm of the density',
      (degrees, density) =>
        expectNumbers(
          () => studentTNll(given()[0], tf.scalar(Math.log(4)), tf.scalar(degrees), given()[1]),
          [nllOf((x, mean) => density((x - mean) / 2) / 2)],
        ),
    );
  });

  test('squaredError() sums over pixels and averages over the batch', () =>
    expectNumbers(
      () => squaredError(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([0, 0, 3, 2], [2, 2])),
      [(1 + 4 + 0 + 4) / 2],
    ));

  describe('categories beside numbers', () => {
    const categories = categoriesOf([
      { name: 'colour', kind: 'category', categories: ['red', 'green', 'blue'] },
      { name: 'weight', kind: 'number' },
      { name: 'sex', kind: 'category', categories: ['f', 'm'] },
    ]);
    const options = { shape: [6], likelihood: 'gaussian', variance: 'fixed', categories } as const;
    const last = [1, -80, 2, 0.5, 90, 3, 0, 0, 0, -1, 5, 5];
    const rows = [0, 0, 1, 1.5, 0, 1, 0, 1, 0, -1, 0, 0]; // the second row's sex is not known
    const tensors = () => [tf.tensor2d(last, [2, 6]), tf.tensor2d(rows, [2, 6])] as const;
    const logSoftmax = (logits: number[], at: number) => {
      const most = Math.max(...logits);
      const total = logits.reduce((sum, l) => sum + Math.exp(l - most), 0);
      return logits[at]! - most - Math.log(total);
    };
    const half = 0.5 * Math.log(2 * Math.PI);

    test('cost -log p of the softmax over the places of each, however large the logits', () =>
      expectNumbers(
        () => observationOf(options).valueNll(...tensors()),
        [
          ...[0, 0, -logSoftmax([1, -80, 2], 2), 0.5 + half, 0, -logSoftmax([90, 3], 1)],
          ...[0, Math.log(3), 0, half, 0, 0],
        ],
      ));

    test('have the gradient p - x, none where a category is not known', () => {
      const softmax = (logits: number[]) => logits.map((_, i) => Math.exp(logSoftmax(logits, i)));
      const [red, green, blue] = softmax([1, -80, 2]) as [number, number, number];
      expectNumbers(
        () => tf.grad((l) => tf.sum(observationOf(options).valueNll(l, tensors()[1])))(tensors()[0]),
        [red, green, blue - 1, -1, 1, -1, 1 / 3, -2 / 3, 1 / 3, 0, 0, 0],
      );
    });

    test('are decoded to probabilities, and numbers to numbers', () => {
      const [layer] = observationOf(options).mean;
      expectNumbers(
        () => layer!.apply(tensors()[0]) as tf.Tensor,
        [
          ...[0, 2].map((at) => Math.exp(logSoftmax([1, -80, 2], at))).toSpliced(1, 0, 0),
          ...[0.5, 1, 0, 1 / 3, 1 / 3, 1 / 3, -1, 0.5, 0.5],
        ],
      );
    });
  });

  test.each<[string, Omit<ObservationOptions, 'shape'>]>([
    ['squared error', { likelihood: 'squared-error', output: 'linear' }],
    ['Bernoulli likelihood', { likelihood: 'bernoulli' }],
    ['Gaussian likelihood', { likelihood: 'gaussian', variance: 'each' }],
    ['Student-t likelihood', { likelihood: 'student-t' }],
  ])('a value that is missing costs a %s nothing, and the gradients are those without it', (_, options) => {
    const { valueNll, parameters } = observationOf({ ...options, shape: [3], missing: true });
    const slopes = (row: number[], keep: number[]) =>
      tf.tidy(() => {
        const last = tf.variable(tf.tensor2d([0.4, -2, 0.7], [1, 3]));
        const { value, grads } = tf.variableGrads(() =>
          tf.sum(tf.mul(valueNll(last, tf.tensor2d(row, [1, 3])), tf.tensor1d(keep))),
        );
        const { [last.name]: ofLast, ...others } = grads;
        last.dispose();
        return [value, ofLast!, ...Object.values(others)].map((each) => [...each.dataSync()]);
      });
    expect(slopes([0.1, NaN, 0.9], [1, 1, 1])).toEqual(slopes([0.1, 0, 0.9], [1, 0, 1]));
    expect(slopes([0.1, NaN, 0.9], [1, 1, 1]).flat().every(Number.isFinite)).toBe(true);
    tf.dispose(parameters);
  });
});
