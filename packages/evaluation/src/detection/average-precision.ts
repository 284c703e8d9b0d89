import { marked, type Marks } from './marked.js';

/**
 * The precision averaged over the anomalies: Σ (Rₙ − Rₙ₋₁)·Pₙ over all thresholds, without interpolation; from 0 to 1, and
 * the share of anomalies for guesses. Equal scores are one threshold.
 * @param isAnomaly one a score
 * @throws TypeError where the lengths differ
 * @throws RangeError for NaN, or where all are anomalies or none is
 */
export function averagePrecision(scores: ArrayLike<number>, isAnomaly: Marks): number {
  const { groups, anomalies } = marked('Cannot measure an average precision', scores, isAnomaly);
  let [found, said, sum] = [0, 0, 0];
  for (const group of groups) {
    found += group.anomalies;
    said += group.anomalies + group.others;
    sum += (group.anomalies / anomalies) * (found / said);
  }
  return sum;
}
