import type { DetectorState } from '@ae/evaluation';
import * as v from 'valibot';

const text = v.string();
const finite = v.pipe(v.number(), v.finite('a finite number'));
const numbers = v.array(finite);

const interval = { low: finite, high: finite };
const judged = v.strictObject({
  name: text,
  auroc: finite,
  averagePrecision: finite,
  falseAlarms: v.exactOptional(v.strictObject({ asked: finite, came: finite, ...interval })),
  behind: v.exactOptional(v.strictObject({ difference: finite, ...interval })),
});

const state = v.strictObject({
  version: v.literal(1),
  shape: numbers,
  scaling: v.exactOptional(
    v.strictObject({
      method: v.picklist(['standardise', 'min-max', 'robust']),
      offset: numbers,
      scale: numbers,
    }),
  ),
  score: text,
  fitted: v.record(text, numbers),
  threshold: finite,
  basis: v.variant('by', [
    v.strictObject({
      by: v.literal('false-alarms'),
      asked: finite,
      heldOut: finite,
      above: finite,
      ...interval,
    }),
    v.strictObject({ by: v.literal('contamination'), asked: finite }),
    v.strictObject({ by: v.literal('labels'), f1: finite }),
  ]),
  split: v.exactOptional(v.strictObject({ heldOut: finite, seed: v.nullable(finite) })),
});

/** `detector.json`: a detector of weights with that SHA-256, and how it did on the test part. */
export const detectionSchema = v.strictObject({
  weights: v.pipe(text, v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
  /** All of the detector but its model. */
  state,
  /** The autoencoder first, then the baselines; absent where nobody knows what belongs in the test part. */
  judged: v.exactOptional(v.array(judged)),
  /** Whether the autoencoder was worth it, in words. */
  verdict: v.exactOptional(text),
});
export type Detection = v.InferOutput<typeof detectionSchema>;

/** As `detectorFrom` takes it. */
export const stateOf = ({ state }: Detection): DetectorState => state as DetectorState;
