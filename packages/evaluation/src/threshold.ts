/**
 * The score above which something is said not to belong, so that no more than a share of what belongs is: the smallest
 * of the given scores that at most so many of them lie above.
 * @param scores of examples that belong and that the model was not trained on; at least 1 / `falseAlarms` of them
 * @param falseAlarms the share of them that may be said not to belong, above 0 and below 1, such as 0.01
 * @throws RangeError for a share out of range, a score that is not finite, or too few scores to tell such a share
 */
export function thresholdAt(scores: ArrayLike<number>, falseAlarms: number): number {
  if (!(falseAlarms > 0 && falseAlarms < 1))
    throw new RangeError(
      `Cannot find a threshold: found a share of ${falseAlarms}, expected above 0 and below 1`,
    );
  const sorted = Float64Array.from(scores).sort();
  const wrong = sorted.findIndex((score) => !Number.isFinite(score));
  if (wrong >= 0)
    throw new RangeError(
      `Cannot find a threshold: found the score ${sorted[wrong]}, expected finite numbers`,
    );
  const least = Math.ceil(1 / falseAlarms);
  if (sorted.length < least)
    throw new RangeError(
      `Cannot find a threshold for a share of ${falseAlarms}: found ${sorted.length} scores, expected ${least} or more; give more examples, or a larger share`,
    );
  return sorted[sorted.length - 1 - Math.floor(falseAlarms * sorted.length)]!;
}
