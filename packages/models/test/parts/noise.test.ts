import { useBackend } from '@ae/backend/node';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { bernoulliMask, dropout, gaussianNoise, randomStream } from '../../src/index.js';

beforeAll(async () => void (await useBackend('cpu')));

const valuesOf = (make: () => tf.Tensor) => tf.tidy(() => [...make().dataSync()]);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const COUNT = 20_000;

describe('dropout()', () => {
  test.each([0.1, 0.5, 0.9])('drops a share of %d and scales up the rest', (rate) => {
    const values = valuesOf(() => dropout(tf.ones([COUNT]), rate, randomStream(1)));
    const kept = values.filter((value) => value !== 0);
    for (const value of kept) expect(value).toBeCloseTo(1 / (1 - rate), 5);
    const deviation = Math.sqrt((rate * (1 - rate)) / COUNT); // of a binomial share
    expect(Math.abs(kept.length / COUNT - (1 - rate))).toBeLessThan(4 * deviation);
  });
  test('gives x itself at a rate of 0, and draws nothing', () => {
    const random = randomStream(1);
    const x = tf.ones([3]);
    expect(dropout(x, 0, random)).toBe(x);
    expect(random.counter).toBe(0);
  });
  test('lets gradients through where it keeps', () => {
    tf.tidy(() => {
      const x = tf.ones([64]);
      const kept = [...dropout(x, 0.5, randomStream(3)).dataSync()];
      const gradient = tf.grad((input) => tf.sum(dropout(input, 0.5, randomStream(3))))(x);
      expect([...gradient.dataSync()]).toEqual(kept);
    });
  });
  test.each([1, -0.1, NaN])('refuses a rate of %d', (rate) => {
    expect(() => dropout(tf.ones([1]), rate, randomStream(1))).toThrow(
      `Cannot drop out: rate is ${rate}, expected at least 0 and below 1`,
    );
  });
});

describe('gaussianNoise()', () => {
  test('adds noise of the given deviation', () => {
    const noise = valuesOf(() => gaussianNoise(tf.fill([COUNT], 3), 0.5, randomStream(1))).map((v) => v - 3);
    expect(Math.abs(mean(noise))).toBeLessThan((4 * 0.5) / Math.sqrt(COUNT));
    const deviation = Math.sqrt(mean(noise.map((value) => value * value)));
    expect(Math.abs(deviation - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(2 * COUNT));
  });
  test('takes a scalar that a recipe anneals', () => {
    const stddev = tf.variable(tf.scalar(0), false);
    expect(valuesOf(() => gaussianNoise(tf.ones([4]), stddev, randomStream(1)))).toEqual([1, 1, 1, 1]);
    stddev.dispose();
  });
  test('refuses a deviation below 0', () => {
    expect(() => gaussianNoise(tf.ones([1]), -1, randomStream(1))).toThrow('stddev is -1, expected a number');
  });
});

describe('bernoulliMask()', () => {
  test.each([0, 0.3, 1])('is one with probability %d', (keep) => {
    const values = valuesOf(() => bernoulliMask([COUNT], keep, randomStream(1)));
    expect(new Set(values).size).toBe(keep === 0.3 ? 2 : 1);
    expect(Math.abs(mean(values) - keep)).toBeLessThan(4 * Math.sqrt((keep * (1 - keep)) / COUNT) + 1e-12);
  });
  test('refuses a probability that is none', () => {
    expect(() => bernoulliMask([1], 1.5, randomStream(1))).toThrow('keep is 1.5, expected from 0 to 1');
  });
});

test('the same seed gives the same noise, another seed another, and no tensor stays', () => {
  const before = tf.memory().numTensors;
  for (const noise of [dropout, gaussianNoise]) {
    const draw = (seed: number) => valuesOf(() => noise(tf.ones([50]), 0.5, randomStream(seed)));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  }
  expect(tf.memory().numTensors).toBe(before);
});
