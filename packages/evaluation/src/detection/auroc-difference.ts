import type { Interval } from '../binomial-interval.js';
import { marked, type Marks } from './marked.js';

/**
 * By how much the AUROC of some scores is above that of others of the same examples, with the interval that holds the truth
 * in 95 % of cases: both are judged by the same examples, so what is hard for both does not count (DeLong, DeLong &
 * Clarke-Pearson, Biometrics 44, 1988).
 * @param isAnomaly one a score
 * @throws TypeError where the lengths differ
 * @throws RangeError for NaN, or where all are anomalies or none is
 */
export function aurocDifference(
  scores: ArrayLike<number>,
  others: ArrayLike<number>,
  isAnomaly: Marks,
): { difference: number } & Interval {
  const [a, b] = [scores, others].map((each) => placements(each, isAnomaly));
  const difference = mean(a!.ofAnomalies) - mean(b!.ofAnomalies);
  const minus = (x: Float64Array, y: Float64Array) => x.map((value, i) => value - y[i]!);
  const variance =
    meanVariance(minus(a!.ofAnomalies, b!.ofAnomalies)) + meanVariance(minus(a!.ofOthers, b!.ofOthers));
  const half = 1.959963984540054 * Math.sqrt(variance);
  return { difference, low: difference - half, high: difference + half };
}

/** Of each anomaly the share of others below it, of each other one the share of anomalies above it; equal ones half. */
function placements(scores: ArrayLike<number>, isAnomaly: Marks) {
  const cannot = 'Cannot compare AUROCs';
  const { groups, anomalies, others } = marked(cannot, scores, isAnomaly);
  const places = new Map<number, { above: number; below: number }>();
  let [anomaliesAbove, othersAbove] = [0, 0];
  for (const { score, anomalies: here, others: otherHere } of groups) {
    const below = others - othersAbove - otherHere / 2;
    places.set(score, { below: below / others, above: (anomaliesAbove + here / 2) / anomalies });
    anomaliesAbove += here;
    othersAbove += otherHere;
  }
  const all = Array.from({ length: scores.length }, (_, i) => i);
  const of = (kind: boolean, side: 'above' | 'below') =>
    Float64Array.from(
      all.filter((i) => Boolean(isAnomaly[i]) === kind),
      (i) => places.get(scores[i]!)![side],
    );
  return { ofAnomalies: of(true, 'below'), ofOthers: of(false, 'above') };
}

const mean = (values: Float64Array): number => values.reduce((sum, each) => sum + each, 0) / values.length;

/** The variance of the mean of independent values. */
function meanVariance(values: Float64Array): number {
  const average = mean(values);
  const squares = values.reduce((sum, each) => sum + (each - average) ** 2, 0);
  return squares / Math.max(1, values.length - 1) / values.length;
}
