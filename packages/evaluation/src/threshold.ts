import { marked, type Marks } from './detection/marked.js';

/**
 * The score above which something is said not to belong, so that a new example that belongs is said so with no more than the
 * given probability: of n scores that as many lie above as leave (k + 1)/(n + 1) of the probability, at most, above (split
 * conformal prediction: Vovk, Gammerman & Shafer, "Algorithmic learning in a random world", 2005, section 4). How sure the
 * probability is says `binomialInterval(k, n)`.
 * @param scores of examples that belong and that the model was not trained on; at least 1 / `falseAlarms` − 1 of them
 * @param falseAlarms the probability, above 0 and below 1, such as 0.01
 * @throws RangeError for a share out of range, a score that is not finite, or too few scores to tell such a share
 */
export function thresholdAt(scores: ArrayLike<number>, falseAlarms: number): number {
  const sorted = checked(scores, falseAlarms);
  // What is 1 % of 100 in words is 1.0000000000000002 of 101 in doubles, or 0.99…
  const above = Math.floor(falseAlarms * (sorted.length + 1) + 1e-9) - 1;
  if (above < 0)
    throw new RangeError(
      `Cannot find a threshold for a share of ${falseAlarms}: found ${sorted.length} scores, expected ${Math.ceil(1 / falseAlarms - 1 - 1e-9)} or more; give more examples, or a larger share`,
    );
  return sorted[sorted.length - 1 - above]!;
}

/**
 * The score above which a share of the given examples lie, at most, where so many of them are known not to belong, whichever
 * they are.
 * @param contamination the share, above 0 and below 1
 * @throws RangeError for a share out of range, a score that is not finite, or no score
 */
export function thresholdByContamination(scores: ArrayLike<number>, contamination: number): number {
  const sorted = checked(scores, contamination);
  return sorted[sorted.length - 1 - Math.floor(contamination * sorted.length)]!;
}

/**
 * The score with the best F1 above it, half-way to the next lower one; of equally good ones the highest.
 * @param isAnomaly one a score
 * @throws RangeError for NaN, or where all are anomalies or none is
 */
export function thresholdByLabels(scores: ArrayLike<number>, isAnomaly: Marks): number {
  const { groups, anomalies } = marked('Cannot find a threshold', scores, isAnomaly);
  let [found, said, best, threshold] = [0, 0, -1, Infinity];
  groups.forEach((group, i) => {
    found += group.anomalies;
    said += group.anomalies + group.others;
    const f1 = (2 * found) / (anomalies + said);
    if (f1 <= best) return;
    best = f1;
    const next = groups[i + 1];
    threshold = next ? (group.score + next.score) / 2 : -Number.MAX_VALUE; // finite, for JSON
  });
  return threshold;
}

function checked(scores: ArrayLike<number>, share: number): Float64Array {
  if (!(share > 0 && share < 1))
    throw new RangeError(`Cannot find a threshold: found a share of ${share}, expected above 0 and below 1`);
  if (scores.length === 0)
    throw new RangeError('Cannot find a threshold: found no score, expected one at least');
  const sorted = Float64Array.from(scores).sort();
  const wrong = sorted.findIndex((score) => !Number.isFinite(score));
  if (wrong >= 0)
    throw new RangeError(
      `Cannot find a threshold: found the score ${sorted[wrong]}, expected finite numbers`,
    );
  return sorted;
}
