import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { auroc, aurocDifference, averagePrecision, f1At } from '../../src/index.js';

/** Few different scores, so that many are equal; anomalies and others both. */
const judged = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), { minLength: 2, maxLength: 40 })
  .filter((rows) => new Set(rows.map(([, mark]) => mark)).size === 2)
  .map((rows) => ({ scores: rows.map(([score]) => score), marks: rows.map(([, mark]) => mark) }));

// sklearn.metrics 1.2: roc_auc_score, average_precision_score, f1_score
const scores = [3, 1, 2, 2, 5, 1, 4, 2];
const marks = [1, 0, 0, 1, 0, 0, 1, 1];

describe('auroc()', () => {
  it('is that of scikit-learn, equal scores among them', () => {
    expect(auroc(scores, marks)).toBeCloseTo(0.6875, 12);
  });

  it('is the share of pairs in which the anomaly has the higher score, equal ones half', () => {
    fc.assert(
      fc.property(judged, ({ scores, marks }) => {
        let [won, pairs] = [0, 0];
        scores.forEach((a, i) =>
          scores.forEach((b, j) => {
            if (!marks[i] || marks[j]) return;
            pairs += 1;
            won += a > b ? 1 : a === b ? 0.5 : 0;
          }),
        );
        expect(auroc(scores, marks)).toBeCloseTo(won / pairs, 12);
      }),
    );
  });

  it('takes infinite scores for the highest, and refuses NaN, one kind alone, and marks that lack', () => {
    expect(auroc([Infinity, 1, -Infinity], [true, false, false])).toBe(1);
    expect(() => auroc([NaN, 1], [1, 0])).toThrow('Cannot measure an AUROC: found NaN as the score 0');
    expect(() => auroc([1, 2], [0, 0])).toThrow('found 0 anomalies and 2 others, expected some of both');
    expect(() => auroc([1, 2], [0])).toThrow('found 1 marks for 2 scores');
  });
});

describe('averagePrecision()', () => {
  it('is that of scikit-learn', () => {
    expect(averagePrecision(scores, marks)).toBeCloseTo(0.625, 12);
  });

  it('is 1 where every anomaly is above all others, and their share where all scores are equal', () => {
    expect(averagePrecision([9, 8, 1, 2], [1, 1, 0, 0])).toBe(1);
    expect(averagePrecision([4, 4, 4, 4], [1, 0, 0, 0])).toBe(0.25);
  });

  it('gains at each threshold the precision there times the recall that comes with it', () => {
    fc.assert(
      fc.property(judged, ({ scores, marks }) => {
        const anomalies = marks.filter(Boolean).length;
        const at = (threshold: number) => {
          const found = scores.filter((score, i) => score >= threshold && marks[i]).length;
          return {
            recall: found / anomalies,
            precision: found / scores.filter((s) => s >= threshold).length,
          };
        };
        let [sum, before] = [0, 0];
        for (const threshold of [...new Set(scores)].sort((a, b) => b - a)) {
          const { recall, precision } = at(threshold);
          sum += (recall - before) * precision;
          before = recall;
        }
        expect(averagePrecision(scores, marks)).toBeCloseTo(sum, 12);
      }),
    );
  });
});

describe('f1At()', () => {
  it('is that of scikit-learn, and 0 where nothing is above the threshold', () => {
    expect(f1At(scores, marks, 2)).toBeCloseTo(0.5714285714285715, 12);
    expect(f1At(scores, marks, 5)).toBe(0);
  });
});

describe('aurocDifference()', () => {
  it('has the interval of DeLong by the book: covariances of the structural components, by NumPy', () => {
    const other = [1, 2, 3, 3, 2, 1, 5, 0];
    const { difference, low, high } = aurocDifference(scores, other, marks);
    expect(difference).toBeCloseTo(0.1875, 12);
    expect((high - low) / 2).toBeCloseTo(0.6709478038939339, 12);
    expect((high + low) / 2).toBeCloseTo(difference, 12);
  });

  it('has no doubt that scores are as good as themselves', () => {
    expect(aurocDifference(scores, scores, marks)).toEqual({ difference: 0, low: 0, high: 0 });
  });
});
