import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { klToStandardNormal, randomStream, reparameterise } from '../../src/index.js';

describe('klToStandardNormal()', () => {
  test('is zero for a standard normal', () =>
    tf.tidy(() =>
      expect(klToStandardNormal(tf.zeros([3, 2]), tf.zeros([3, 2])).dataSync()[0]).toBeCloseTo(0, 7),
    ));

  test('is the closed form, summed over dimensions and averaged over the batch', () =>
    tf.tidy(() => {
      // ½(μ² + σ² - 1 - log σ²): μ = 1, σ² = 1 gives ½; μ = 0, σ² = e gives ½(e - 2).
      const kl = klToStandardNormal(
        tf.tensor2d([
          [1, 0],
          [0, 0],
        ]),
        tf.tensor2d([
          [0, 1],
          [0, 0],
        ]),
      );
      expect(kl.dataSync()[0]).toBeCloseTo((0.5 + 0.5 * (Math.E - 2)) / 2, 6);
    }));
});

describe('reparameterise()', () => {
  test('has the mean and the variance that it is given', () =>
    tf.tidy(() => {
      const z = reparameterise(tf.fill([50_000, 1], 3), tf.fill([50_000, 1], Math.log(4)), randomStream(1));
      const { mean, variance } = tf.moments(z);
      expect(Math.abs(mean.dataSync()[0]! - 3)).toBeLessThan(0.05);
      expect(Math.abs(variance.dataSync()[0]! - 4)).toBeLessThan(0.15);
    }));

  test('lets gradients through to both: dz/dμ = 1, dz/dlogVar = ½ σ ε', () =>
    tf.tidy(() => {
      const logVar = tf.tensor2d([[0.6]]);
      const noise = randomStream(4).normal([1, 1]).dataSync()[0]!;
      const [dMean, dLogVar] = tf.grads((m, v) =>
        reparameterise(m as tf.Tensor2D, v as tf.Tensor2D, randomStream(4)),
      )([tf.tensor2d([[1]]), logVar]);
      expect(dMean!.dataSync()[0]).toBeCloseTo(1, 6);
      expect(dLogVar!.dataSync()[0]).toBeCloseTo(0.5 * Math.exp(0.3) * noise, 5);
    }));
});
