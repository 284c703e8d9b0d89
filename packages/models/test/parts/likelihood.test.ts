import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { bernoulliNll, squaredError } from '../../src/index.js';

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
