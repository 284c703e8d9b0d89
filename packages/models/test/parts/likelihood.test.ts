import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { bernoulliNll, gaussianNll, squaredError } from '../../src/index.js';

describe('bernoulliNll()', () => {
  const logits = [-30, -2, 0, 0.5, 3, 40];
  const pixels = [0, 0.25, 1, 0.5, 1, 0];

  test('is -Σ x log p + (1 - x) log(1 - p), averaged over the batch', () =>
    tf.tidy(() => {
      const softplus = (l: number) => Math.max(l, 0) + Math.log1p(Math.exp(-Math.abs(l)));
      const expected = logits.reduce((sum, l, i) => sum + softplus(l) - l * pixels[i]!, 0) / 2;
      const value = bernoulliNll(tf.tensor2d(logits, [2, 3]), tf.tensor2d(pixels, [2, 3]));
      expect(value.dataSync()[0]).toBeCloseTo(expected, 4);
    }));

  test('has the gradient (σ(l) - x) / batch', () =>
    tf.tidy(() => {
      const gradient = tf.grad((l) => bernoulliNll(l, tf.tensor2d(pixels, [2, 3])))(
        tf.tensor2d(logits, [2, 3]),
      );
      const expected = logits.map((l, i) => (1 / (1 + Math.exp(-l)) - pixels[i]!) / 2);
      gradient.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
    }));
});

describe('gaussianNll()', () => {
  test('is minus the logarithm of the density, summed over values and averaged over the batch', () =>
    tf.tidy(() => {
      const density = (x: number, mean: number, variance: number) =>
        Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
      const [means, images, variance] = [[0, 1, -2, 0.5], [0.3, 1, 1, -1], 0.7];
      const expected = -images.reduce((sum, x, i) => sum + Math.log(density(x, means[i]!, variance)), 0) / 2;
      const nll = (mu: tf.Tensor, logVariance: tf.Tensor) =>
        gaussianNll(mu, logVariance, tf.tensor(images, [2, 2, 1]));
      const given = [tf.tensor(means, [2, 2, 1]), tf.scalar(Math.log(variance))] as const;
      expect(nll(...given).dataSync()[0]).toBeCloseTo(expected, 5);
      // Its least is where the variance is the mean squared error.
      const best = images.reduce((sum, x, i) => sum + (x - means[i]!) ** 2, 0) / 4;
      const slope = tf.grad((logVariance) => nll(given[0], logVariance))(tf.scalar(Math.log(best)));
      expect(slope.dataSync()[0]).toBeCloseTo(0, 5);
    }));
});

describe('squaredError()', () => {
  test('sums over pixels and averages over the batch', () =>
    tf.tidy(() => {
      const error = squaredError(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
        tf.tensor2d([
          [0, 0],
          [3, 2],
        ]),
      );
      expect(error.dataSync()[0]).toBe((1 + 4 + 0 + 4) / 2);
    }));
});
