import { join } from 'node:path';

import { compareDetectors, detectorOf, type Detector } from '@ae/evaluation';
import { randomStream, sha256 } from '@ae/models';

import { UsageError } from './errors.js';
import type { Observer } from './observer.js';
import type { Run } from './open-run.js';
import { marksOf } from './prepare/normal-classes.js';
import type { Detection } from './record/detection-record.js';
import { runFiles } from './record/run-folder.js';
import { writeSealed } from './record/sealed-json.js';

/** What a run's detector goes by. */
export interface RunDetectorOptions {
  /** A name in `scores` of `@ae/evaluation`. @default code-and-residual for the rows of a table, otherwise reconstruction-error; said */
  score?: string | undefined;
  /** The probability of an alarm for what belongs. @default 0.01, or the least that so many validation examples can tell; said */
  falseAlarms?: number | undefined;
  /** Instead: the share of the examples that do not belong. */
  contamination?: number | undefined;
}

/**
 * Makes a trained run a detector of what does not belong: the score learns from its training examples, the threshold is
 * chosen by its validation examples and, where the test part has what belongs and what does not, it is judged beside a PCA
 * of equal size, the Mahalanobis distance and an isolation forest. Kept in the run folder as `detector.json`.
 * @throws UsageError for a score that the model does not have, and too few validation examples for the rate
 * @throws DiskError where the folder cannot be written to
 */
export async function fitRunDetector(
  run: Run,
  { score: asked, falseAlarms, contamination }: RunDetectorOptions = {},
  observer: Observer = {},
): Promise<{ detector: Detector; detection: Detection }> {
  const { set, record } = await run.data();
  const { train, validation: heldOut, test } = set;
  const say = (text: string) => observer.notice?.(text);
  const score = asked ?? (train.shape.length === 1 ? 'code-and-residual' : 'reconstruction-error');
  if (asked === undefined) say(`score=${score}; --score says otherwise`);
  const rate = contamination === undefined ? (falseAlarms ?? usualRate(heldOut.count, say)) : undefined;
  const options = {
    ...{ score, random: randomStream(run.record.seed) },
    ...(rate !== undefined && { falseAlarms: rate }),
    ...(contamination !== undefined && { contamination }),
  };
  try {
    const detector = await detectorOf(run.model, { train, heldOut }, options);
    const isAnomaly = record.normal && marksOf(test, record.normal);
    const both = isAnomaly?.includes(1) && isAnomaly.includes(0) ? isAnomaly : undefined;
    if (both) say('fitting a PCA, the Mahalanobis distance and an isolation forest to the same examples');
    const compared = both
      ? await compareDetectors(detector, {
          ...{ normal: { train, heldOut }, test, isAnomaly: both },
          random: randomStream(run.record.seed),
        })
      : undefined;
    const detection: Detection = {
      weights: sha256(run.weights.bytes),
      state: JSON.parse(JSON.stringify(detector)) as Detection['state'],
      ...(compared && { judged: compared.judged, verdict: compared.text }),
    };
    await writeSealed(join(run.folder, runFiles.detector), detection);
    return { detector, detection };
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof TypeError)
      throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

const USUAL_RATE = 0.01;

/** Of n examples held out, the least rate that they can tell is 1/(n + 1). */
function usualRate(heldOut: number, say: (text: string) => void): number {
  const least = 1 / (heldOut + 1);
  if (least <= USUAL_RATE) return USUAL_RATE;
  const rate = Math.ceil(100 * least) / 100;
  say(
    `falseAlarms=${rate}, the least that ${heldOut} validation examples can tell; more of them tell less, --false-alarms says otherwise`,
  );
  return rate;
}
