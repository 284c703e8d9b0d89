import { fromArray } from '@ae/data';
import { ae, randomStream, disposeModel } from '@ae/models';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { metrics, scoresOf, thresholdAt } from '../src/index.js';

describe('thresholdAt()', () => {
  test('leaves no more than the share above it, and one score less would leave more', () => {
    const shares = fc.double({ min: 0.01, max: 0.5, noNaN: true });
    const scores = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 100, maxLength: 300 });
    fc.assert(
      fc.property(scores, shares, (found, share) => {
        const threshold = thresholdAt(found, share);
        const above = (limit: number) => found.filter((score) => score > limit).length / found.length;
        expect(above(threshold)).toBeLessThanOrEqual(share);
        const lower = Math.max(-1, ...found.filter((score) => score < threshold));
        expect(above(lower)).toBeGreaterThan(share);
      }),
    );
  });

  test('refuses a share out of range, scores that are not finite, and too few of them', () => {
    const scores = Array.from({ length: 100 }, (_, i) => i);
    expect(thresholdAt(scores, 0.01)).toBe(98);
    expect(() => thresholdAt(scores, 1)).toThrow('found a share of 1, expected above 0 and below 1');
    expect(() => thresholdAt([...scores, NaN], 0.1)).toThrow('found the score NaN, expected finite numbers');
    expect(() => thresholdAt(scores, 0.001)).toThrow('found 100 scores, expected 1000 or more');
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
