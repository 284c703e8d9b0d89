import { fromArray, select, type Examples } from '@ae/data';
import { randomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { baselines, type Baseline } from '../../src/index.js';
import { normals } from '../normals.js';

/** Rows of four normals of which the last is the sum of the first two; some of them moved off that plane. */
function rows(count: number, seed: number, away = 0): Examples {
  const noise = normals(count * 3, seed);
  const values = Array.from({ length: count }, (_, i) => {
    const [a, b, c] = noise.subarray(i * 3);
    return [a!, b!, c!, a! + b! + away];
  });
  return fromArray(values, { shape: [4] });
}
const options = () => ({ components: 3, random: randomStream(7) });

describe.each(Object.values<Baseline>(baselines).map((each) => [each.name, each] as const))(
  'the baseline %s',
  (name, baseline) => {
    it('stands in the registry by its name', () => {
      expect(baselines[name as keyof typeof baselines]).toBe(baseline);
    });

    it('scores what does not belong higher, one example as it does among others, the same with the same seed', async () => {
      const before = tf.memory().numTensors;
      const normal = rows(400, 1);
      const scorer = baseline.fit(normal, options());
      const usual = await scorer.score(rows(100, 2));
      const odd = await scorer.score(rows(100, 3, 9));
      expect(Math.min(...odd)).toBeGreaterThan(usual.toSorted()[50]!);
      expect(await scorer.score(select(rows(100, 3, 9), [5]))).toEqual(odd.slice(5, 6));
      expect(await baseline.fit(normal, options()).score(rows(100, 3, 9))).toEqual(odd);
      expect(tf.memory().numTensors).toBe(before);
    });

    it('takes bytes as value/255', async () => {
      const bytes = Uint8Array.from({ length: 240 }, (_, i) => (i * i * 37) % 251);
      const images = fromArray(bytes, { shape: [2, 2, 1] });
      const floats = fromArray(
        Float32Array.from(bytes, (byte) => byte / 255),
        { shape: [2, 2, 1] },
      );
      const of = (examples: Examples) =>
        baseline.fit(examples, { ...options(), components: 2 }).score(examples);
      expect(await of(images)).toEqual(await of(floats));
    });

    it('has finite scores for columns that never move, one row alone, and rows that are all equal', async () => {
      const still = fromArray(
        [...Array(30).keys()].map((i) => [i % 7, 5, 0]),
        { shape: [3] },
      );
      const equal = fromArray(Array(20).fill([1, 2, 3]) as number[][], { shape: [3] });
      for (const normal of [still, equal, select(still, [0])]) {
        const scorer = baseline.fit(normal, { ...options(), components: 1 });
        const scores = await scorer.score(
          fromArray(
            [
              [1, 2, 3],
              [3, 5, 0],
            ],
            { shape: [3] },
          ),
        );
        expect([...scores].every(Number.isFinite)).toBe(true);
      }
    });

    it('refuses rows of another size, no rows, and what is not finite', async () => {
      const normal = rows(10, 1);
      const scorer = baseline.fit(normal, options());
      await expect(scorer.score(fromArray([[1, 2]], { shape: [2] }))).rejects.toThrow(
        'found rows of 2 values, expected 4 as in training',
      );
      expect(() => baseline.fit({ ...normal, values: new Float32Array(), count: 0 }, options())).toThrow(
        'found no row, expected one at least',
      );
      const values = normal.values.slice();
      values[6] = NaN;
      expect(() => baseline.fit({ ...normal, values }, options())).toThrow('found NaN in row 1');
    });
  },
);
