import type { Examples } from '@ae/data';
import { codeOf, codeSize, type RandomStream } from '@ae/models';

import { alarmBand } from './alarm-band.js';
import type { Baseline } from './baseline.js';
import { baselines } from './baselines/index.js';
import { auroc } from './detection/auroc.js';
import { aurocDifference } from './detection/auroc-difference.js';
import { averagePrecision } from './detection/average-precision.js';
import type { Marks } from './detection/marked.js';
import type { Detector } from './detector.js';
import { partsOf, type NormalParts } from './fit-detector.js';
import type { Scorer } from './scorer.js';
import { thresholdAt } from './threshold.js';
import type { Judged } from './judged.js';
import { verdictOf, type Verdict } from './verdict.js';

export interface Comparison {
  /** The autoencoder first, then the baselines. */
  judged: Judged[];
  /** Whether the autoencoder was worth it. */
  verdict: Verdict;
  /** The same in a sentence or two, with a warning where it was not. */
  text: string;
}

export interface CompareOptions {
  /**
   * What the detector was fitted to, or its parts where these were given: the baselines are fitted to the same part, and their
   * thresholds to the rest.
   */
  normal: Examples | NormalParts;
  /** Examples that nothing was fitted to. */
  test: Examples;
  /** One a test example. */
  isAnomaly: Marks;
  random: RandomStream;
}

/**
 * A detector beside a PCA of as many components as its code has numbers, the Mahalanobis distance and an isolation forest,
 * all fitted to the same examples and judged by the same ones.
 * @throws TypeError for test examples of another shape, or more or fewer marks than examples
 * @throws RangeError where all test examples are anomalies, or none is
 */
export async function compareDetectors(
  detector: Detector,
  { normal, test, isAnomaly, random }: CompareOptions,
): Promise<Comparison> {
  const { train, heldOut } = partsFor(detector, normal);
  const components = codeSize(codeOf(detector.model));
  const examples = detector.scaled(test);
  const own = await detector.score(test);
  const asked = detector.basis.by === 'false-alarms' ? detector.basis.asked : undefined;
  const judge = (scores: Float64Array, calibration: Float64Array) =>
    judgedBy(
      scores,
      isAnomaly,
      asked === undefined ? undefined : alarmsAt(asked, calibration, scores, isAnomaly),
    );
  const rows: Judged[] = [{ name: 'autoencoder', ...judge(own, await detector.score(heldOut)) }];
  for (const { name, fit } of Object.values<Baseline>(baselines)) {
    const scorer: Scorer = fit(train, { components, random });
    const scores = await scorer.score(examples);
    const behind = aurocDifference(own, scores, isAnomaly);
    rows.push({ name, ...judge(scores, await scorer.score(heldOut)), behind });
  }
  return { judged: rows, ...verdictOf(rows) };
}

function partsFor({ scaled, split }: Detector, normal: CompareOptions['normal']): NormalParts {
  if ('train' in normal) return { train: scaled(normal.train), heldOut: scaled(normal.heldOut) };
  if (split) return partsOf(scaled(normal), split);
  throw new TypeError(
    'Cannot compare detectors: found all normal examples in one, expected { train, heldOut } as the detector was made of',
  );
}

const judgedBy = (
  scores: Float64Array,
  isAnomaly: Marks,
  falseAlarms: Judged['falseAlarms'],
): Omit<Judged, 'name'> => ({
  auroc: auroc(scores, isAnomaly),
  averagePrecision: averagePrecision(scores, isAnomaly),
  ...(falseAlarms && { falseAlarms }),
});

/** What came of a rate that was asked for, with the threshold that the scores of what was held out give. */
function alarmsAt(asked: number, heldOut: Float64Array, scores: Float64Array, isAnomaly: Marks) {
  const threshold = thresholdAt(heldOut, asked);
  const above = heldOut.filter((score) => score > threshold).length;
  const others = scores.filter((_, i) => !isAnomaly[i]);
  const came = others.filter((score) => score > threshold).length / others.length;
  return { asked, came, ...alarmBand(above, heldOut.length, others.length) };
}
