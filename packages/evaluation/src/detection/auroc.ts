import { marked, type Marks } from './marked.js';

/**
 * The area under the receiver operating characteristic: how often an anomaly has the higher score of a pair, where equal
 * scores count half; from 0 to 1, and 0.5 for guesses (Hanley & McNeil, Radiology 143, 1982).
 * @param isAnomaly one a score
 * @throws TypeError where the lengths differ
 * @throws RangeError for NaN, or where all are anomalies or none is
 */
export function auroc(scores: ArrayLike<number>, isAnomaly: Marks): number {
  const { groups, anomalies, others } = marked('Cannot measure an AUROC', scores, isAnomaly);
  let [above, won] = [0, 0];
  for (const group of groups) {
    won += group.others * (above + group.anomalies / 2);
    above += group.anomalies;
  }
  return won / anomalies / others;
}
