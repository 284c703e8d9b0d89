import { fromArray, randomNumbers } from '@ae/data';
import { ae, randomStream, disposeModel } from '@ae/models';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import {
  f1At,
  metrics,
  scoresOf,
  thresholdAt,
  thresholdByContamination,
  thresholdByLabels,
} from '../src/index.js';

describe('thresholdAt()', () => {
  test('leaves (k + 1)/(n + 1) of n scores and of a new one above it at most, and one score less would leave more', () => {
    const shares = fc.double({ min: 0.01, max: 0.5, noNaN: true });
    const scores = fc.uniqueArray(fc.double({ min: 0, max: 10, noNaN: true }), {
      minLength: 100,
      maxLength: 300,
    });
    fc.assert(
      fc.property(scores, shares, (found, share) => {
        const threshold = thresholdAt(found, share);
        const probability = (limit: number) =>
          (found.filter((score) => score > limit).length + 1) / (found.length + 1);
        expect(probability(threshold)).toBeLessThanOrEqual(share + 1e-9);
        const lower = Math.max(-1, ...found.filter((score) => score < threshold));
        expect(probability(lower)).toBeGreaterThan(share);
      }),
    );
  });

  test('keeps its promise on average: new scores are above it as often as was asked', () => {
    const random = randomNumbers(5, 0);
    let above = 0;
    for (let i = 0; i < 20_000; i++) {
      const scores = Float64Array.from({ length: 19 }, () => random.next());
      if (random.next() > thresholdAt(scores, 0.1)) above += 1;
    }
    expect(above / 20_000).toBeCloseTo(0.1, 2); // (1 + 1) / (19 + 1)
  });

  test('refuses a share out of range, scores that are not finite, and too few of them', () => {
    const scores = Array.from({ length: 99 }, (_, i) => i);
    expect(thresholdAt(scores, 0.01)).toBe(98);
    expect(thresholdAt(scores, 0.02)).toBe(97);
    expect(() => thresholdAt(scores, 1)).toThrow('found a share of 1, expected above 0 and below 1');
    expect(() => thresholdAt([...scores, NaN], 0.1)).toThrow('found the score NaN, expected finite numbers');
    expect(() => thresholdAt(scores, 0.001)).toThrow('found 99 scores, expected 999 or more');
    expect(() => thresholdAt([], 0.1)).toThrow('found no score');
  });
});

describe('thresholdByContamination()', () => {
  test('leaves that share above it, at most', () => {
    const scores = Array.from({ length: 40 }, (_, i) => i);
    expect(thresholdByContamination(scores, 0.05)).toBe(37);
    expect(thresholdByContamination([1, 1, 1, 9], 0.5)).toBe(1);
    expect(() => thresholdByContamination(scores, 0)).toThrow('found a share of 0');
  });
});

describe('thresholdByLabels()', () => {
  test('has the best F1 of all thresholds', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean());
    const rows = fc
      .array(row, { minLength: 2, maxLength: 30 })
      .filter((some) => new Set(some.map(([, mark]) => mark)).size === 2);
    fc.assert(
      fc.property(rows, (some) => {
        const [scores, marks] = [some.map(([score]) => score), some.map(([, mark]) => mark)];
        const reached = f1At(scores, marks, thresholdByLabels(scores, marks));
        for (let limit = -0.5; limit < 10; limit++)
          expect(f1At(scores, marks, limit)).toBeLessThanOrEqual(reached + 1e-12);
      }),
    );
  });

  test('lies half-way between what it tells apart', () => {
    expect(thresholdByLabels([1, 2, 6, 9], [0, 0, 1, 1])).toBe(4);
  });
});

describe('scoresOf()', () => {
  test('is the metric of each example and its reconstruction, of bytes and of floats alike', async () => {
    const random = randomStream(1);
    const model = ae.build({ shape: [2, 3, 1], hidden: [5], latentDim: 2 }, random);
    const bytes = Uint8Array.from({ length: 24 }, (_, i) => (i * 37) % 256);
    const images = fromArray(bytes, { shape: [2, 3, 1] });
    const floats = fromArray(
      Float32Array.from(bytes, (byte) => byte / 255),
      { shape: [2, 3, 1] },
    );
    const [one, other] = [await scoresOf(model, images), await scoresOf(model, floats)];
    expect(one).toHaveLength(4);
    one.forEach((score, i) => expect(score).toBeCloseTo(other[i]!, 6));
    await expect(scoresOf(model, images, { metric: 'mes' })).rejects.toThrow(/expected one of .*\bmse\b/);
    const likeness = { ...metrics.mse, name: 'likeness', better: 'higher' as const };
    expect(await scoresOf(model, images, { metric: likeness })).toEqual(one.map((score) => -score));
    const forImages = { ...metrics.mse, name: 'likeness', refuses: () => 'found rows, expected images' };
    await expect(scoresOf(model, images, { metric: forImages })).rejects.toThrow(
      'Cannot take likeness: found rows, expected images',
    );
    disposeModel(model);
  });

  test('mse is the mean over the values of an example', () => {
    const examples = fromArray(Float32Array.of(0, 1, 1, 0), { shape: [2] });
    expect([...metrics.mse.measure(examples, Float32Array.of(0.5, 1, 0, 0))]).toEqual([0.125, 0.5]);
  });
});
