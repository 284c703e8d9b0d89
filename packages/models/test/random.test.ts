import { afterEach, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { normalQuantile } from '../src/normal-quantile.js';
import { philoxRandom } from '../src/philox.js';
import { numberStream } from '../src/plain/number-stream.js';
import { randomStream } from '../src/random.js';

afterEach(() => tf.disposeVariables());

describe('randomStream()', () => {
  test('draws the published Philox4x32-10 words for key 0 and counter 0', () => {
    // Known answer of the authors' Random123: 6627e8d5 e169c58d bc57ac4c 9b00dbd8
    const upper24 = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8].map((word) => (word >>> 8) / 2 ** 24);
    expect([...philoxRandom({ distribution: 'uniform', shape: [4], seed: 0, counter: 0 })]).toEqual(upper24);
    expect(randomStream(0).next()).toBe(0x6627e8d5 / 2 ** 32);
  });

  test('gives the same numbers for the same seed, and others for another, 0 included', () => {
    const draw = (seed: number) => tf.tidy(() => [...randomStream(seed).normal([8]).dataSync()]);
    expect(draw(0)).toEqual(draw(0));
    expect(draw(0)).not.toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(1 + 2 ** 32));
  });

  test('goes on where its counter says, so that two numbers are its whole state', () => {
    tf.tidy(() => {
      const stream = randomStream(7);
      stream.normal([3, 5]);
      stream.next();
      expect(stream.counter).toBe(4 + 1);
      const rest = [...stream.uniform([6]).dataSync()];
      expect([...randomStream(7, 5).uniform([6]).dataSync()]).toEqual(rest);
    });
  });

  test('draws normals with the moments of a standard normal', () => {
    const values = philoxRandom({ distribution: 'normal', shape: [400_000], seed: 3, counter: 0 });
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    // Five standard errors of each moment: sqrt(Var(x^k) / n).
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / values.length));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / values.length));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / values.length));
  });

  test('spreads uniforms evenly over [0, 1)', () => {
    const values = philoxRandom({ distribution: 'uniform', shape: [100_000], seed: 3, counter: 2 ** 33 });
    const bins = new Array<number>(10).fill(0);
    for (const value of values) bins[Math.floor(value * 10)]!++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9); // 99.9 % quantile at nine degrees of freedom
  });

  test('refuses a seed that is no whole number', () => {
    expect(() => randomStream(1.5)).toThrow('Cannot make a random stream: seed is 1.5');
    expect(() => randomStream(-1)).toThrow(RangeError);
  });
});

describe('numberStream()', () => {
  test('has the bits of randomStream(), draw by draw, wherever it starts', () => {
    tf.tidy(() => {
      const [numbers, stream] = [numberStream(11, 3), randomStream(11, 3)];
      for (const count of [1, 4, 7, 1000]) {
        expect(numbers.next()).toBe(stream.next());
        expect(numbers.normal(count)).toEqual(stream.normal([count]).dataSync());
        expect(numbers.uniform(count)).toEqual(stream.uniform([count]).dataSync());
        expect(numbers.counter).toBe(stream.counter);
      }
    });
  });

  test('refuses a seed that is no whole number', () => {
    expect(() => numberStream(NaN)).toThrow('Cannot make a random stream: seed is NaN');
  });
});

describe('normalQuantile()', () => {
  // Python's statistics.NormalDist().inv_cdf
  test.each([
    [0.975, 1.9599639845400536],
    [0.3, -0.5244005127080407],
    [1e-10, -6.361340902404056],
    [0.9999999, 5.199337582290661],
  ])('of %d is %d', (p, x) => expect(normalQuantile(p)).toBeCloseTo(x, 12));
});
