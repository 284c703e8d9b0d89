import { marked, type Marks } from './marked.js';

/**
 * The harmonic mean of precision and recall where everything above the threshold is said to be an anomaly, from 0 to 1.
 * @param isAnomaly one a score
 * @throws TypeError where the lengths differ
 * @throws RangeError for NaN, or where all are anomalies or none is
 */
export function f1At(scores: ArrayLike<number>, isAnomaly: Marks, threshold: number): number {
  const { groups, anomalies } = marked('Cannot measure an F1', scores, isAnomaly);
  const above = groups.filter(({ score }) => score > threshold);
  const found = above.reduce((sum, group) => sum + group.anomalies, 0);
  const said = above.reduce((sum, group) => sum + group.anomalies + group.others, 0);
  return (2 * found) / (anomalies + said);
}
