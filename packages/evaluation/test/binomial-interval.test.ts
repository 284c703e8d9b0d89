import { describe, expect, it } from '@jest/globals';

import { binomialInterval } from '../src/index.js';

describe('binomialInterval()', () => {
  // scipy.stats.beta.ppf(tail, hits, count - hits + 1) and ppf(1 - tail, hits + 1, count - hits), SciPy 1.10
  it.each([
    [0, 10, 0.95, 0, 0.3084971078187608],
    [3, 10, 0.95, 0.0667395111777345, 0.6524528500599973],
    [10, 10, 0.95, 0.6915028921812392, 1],
    [7, 1000, 0.95, 0.0028188587596205254, 0.014369194978918632],
    [50, 5000, 0.9, 0.007800792743395632, 0.012640571638739077],
    [1, 100_000, 0.95, 2.531780477933316e-7, 5.571516034774275e-5],
    [500, 1000, 0.99, 0.4588525533070451, 0.5411474466929549],
  ])('of %i in %i at %d is that of SciPy', (hits, count, confidence, low, high) => {
    const found = binomialInterval(hits, count, confidence);
    expect(found.low).toBeCloseTo(low, 11);
    expect(found.high).toBeCloseTo(high, 11);
  });

  it('has exactly half of the doubt below its low end: the probability of as many hits or more', () => {
    const { low } = binomialInterval(2, 5, 0.9);
    const tail = [2, 3, 4, 5].reduce(
      (sum, hits) => sum + [1, 5, 10, 10, 5, 1][hits]! * low ** hits * (1 - low) ** (5 - hits),
      0,
    );
    expect(tail).toBeCloseTo(0.05, 12);
  });

  it('refuses what is no count of hits', () => {
    expect(() => binomialInterval(3, 2)).toThrow('found 3 of 2, expected whole numbers from 0 to the count');
    expect(() => binomialInterval(0.5, 2)).toThrow('found 0.5 of 2');
    expect(() => binomialInterval(1, 2, 1)).toThrow('found confidence 1, expected between 0 and 1');
  });
});
