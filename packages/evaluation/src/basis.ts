import type { Examples } from '@ae/data';

import { binomialInterval, type Interval } from './binomial-interval.js';
import { f1At } from './detection/f1.js';
import type { Marks } from './detection/marked.js';
import { thresholdAt, thresholdByContamination, thresholdByLabels } from './threshold.js';

/** What says where the threshold is: one of these. */
export interface ThresholdOptions {
  /** The probability of an alarm for an example that belongs. @default 0.01, where nothing else says what the threshold is */
  falseAlarms?: number;
  /** Instead: the share of the given examples that do not belong. */
  contamination?: number;
  /** Instead: examples of which it is known, for which the threshold gives the best F1. */
  known?: { examples: Examples; isAnomaly: Marks };
}

/** How a threshold was chosen, and how sure it is. */
export type Basis =
  /** `above` of `heldOut` examples lie above it; with 95 % the probability of a false alarm lies between `low` and `high`. */
  | ({ by: 'false-alarms'; asked: number; heldOut: number; above: number } & Interval)
  | { by: 'contamination'; asked: number }
  /** The F1 that it reaches on the examples that are known. */
  | { by: 'labels'; f1: number };

/** Of a detector whose threshold nothing is said of. */
const FALSE_ALARMS = 0.01;

/** The rate of false alarms that is asked for; nothing where something else says what the threshold is. */
export const rateOf = ({ falseAlarms, contamination, known }: ThresholdOptions): number | undefined =>
  contamination === undefined && known === undefined ? (falseAlarms ?? FALSE_ALARMS) : undefined;

/**
 * @throws TypeError where more than one of them says what the threshold is
 * @throws RangeError for a share that is none
 */
export function checkThresholdOptions(cannot: string, options: ThresholdOptions): void {
  const { falseAlarms, contamination, known } = options;
  const given = Object.entries({ falseAlarms, contamination, known }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length > 1)
    throw new TypeError(
      `${cannot}: found ${given.map(([name]) => name).join(' and ')}, expected one of them, which says what the threshold is`,
    );
  const [name, share] = given[0] ?? ['falseAlarms', FALSE_ALARMS];
  if (name !== 'known' && !(Number(share) > 0 && Number(share) < 1))
    throw new RangeError(`${cannot}: found ${name} ${String(share)}, expected a share above 0 and below 1`);
}

/** The threshold for scores of the examples that were held out or, where there are such, of those that are known. */
export function thresholdFor(
  scores: Float64Array,
  options: ThresholdOptions,
): { threshold: number; basis: Basis } {
  const rate = rateOf(options);
  if (rate !== undefined) {
    const threshold = thresholdAt(scores, rate);
    const above = scores.filter((score) => score > threshold).length;
    const heldOut = scores.length;
    const interval = binomialInterval(above, heldOut);
    return { threshold, basis: { by: 'false-alarms', asked: rate, heldOut, above, ...interval } };
  }
  const { contamination, known } = options;
  if (known) {
    const threshold = thresholdByLabels(scores, known.isAnomaly);
    return { threshold, basis: { by: 'labels', f1: f1At(scores, known.isAnomaly, threshold) } };
  }
  return {
    threshold: thresholdByContamination(scores, contamination!),
    basis: { by: 'contamination', asked: contamination! },
  };
}
