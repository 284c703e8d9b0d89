import { describe, expect, test } from '@jest/globals';
import { randomNumbers } from '../src/random.js';

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('randomNumbers()', () => {
  test('is the same stream for the same seed and keys, another for any other', () => {
    const first = (seed: number, key1: number, key2?: number) =>
      draw(4, randomNumbers(seed, key1, key2).next);
    expect(first(1, 2, 3)).toEqual(first(1, 2, 3));
    const starts = [
      first(1, 2, 3),
      first(2, 2, 3),
      first(1, 3, 3),
      first(1, 2, 4),
      first(1 + 2 ** 32, 2, 3),
      first(3, 2, 1),
    ];
    expect(new Set(starts.map(String)).size).toBe(starts.length);
  });

  test('is uniform in [0, 1)', () => {
    const values = draw(100_000, randomNumbers(1, 0).next);
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1);
    expect(mean(values)).toBeCloseTo(1 / 2, 2);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1 / 3, 2);
    expect(mean(values.slice(1).map((value, i) => value * values[i]!))).toBeCloseTo(1 / 4, 2); // neighbours know nothing of each other
  });

  test('has bell() of mean 0 and standard deviation 1 within ±3.5', () => {
    const values = draw(50_000, randomNumbers(1, 0).bell);
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(Math.max(...values.map(Math.abs))).toBeLessThan(3.5);
  });

  test('tells nearby keys apart from the first number on', () => {
    const keys = Array.from({ length: 100_000 }, (_, key) => key);
    expect(mean(keys.map((key) => randomNumbers(1, key).next()))).toBeCloseTo(1 / 2, 2);
    expect(mean(keys.map((key) => randomNumbers(1, 0, key).next()))).toBeCloseTo(1 / 2, 2);
    expect(new Set(keys.map((key) => draw(2, randomNumbers(1, 0, key).next).join())).size).toBe(keys.length);
  });
});
