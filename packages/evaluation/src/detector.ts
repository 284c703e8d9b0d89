import { applyScaling, wordsFor, type Examples, type Scaling } from '@ae/data';
import type { Autoencoder } from '@ae/models';

import type { Basis } from './basis.js';
import { scoreOf } from './fit-score.js';
import { squaredErrors } from './reconstruct.js';
import { rowsOf } from './rows.js';
import type { Fitted, Score } from './score.js';
import type { Scorer } from './scorer.js';

/** What a detector says of examples. */
export interface Examined {
  /** `[count]`, the higher the less an example belongs. */
  score: Float64Array;
  /** `[count]`, 1 where the score is above the threshold, otherwise 0. */
  isAnomaly: Uint8Array;
  /**
   * `count` × the shape of an example: what of its score comes from each pixel, column or time step or, where the score has
   * no places, the squared error of the reconstruction; in units of the scaled values.
   */
  where: Float32Array;
}

/** A detector without its model: plain data, for JSON, that is saved beside the weights. */
export interface DetectorState {
  version: 1;
  /** Of one example. */
  shape: readonly number[];
  /** What is done to values first; absent where that is nothing. */
  scaling?: Scaling;
  /** Its name. */
  score: string;
  fitted: Fitted;
  threshold: number;
  basis: Basis;
  /**
   * How the normal examples were divided: how many were held out, and the seed that drew them; null for the last ones. Absent
   * where the parts were given.
   */
  split?: { heldOut: number; seed: number | null };
}

/** A model, a score and a threshold. */
export interface Detector extends Scorer {
  model: Autoencoder;
  threshold: number;
  basis: Basis;
  split: DetectorState['split'] | undefined;
  /**
   * @param examples as they were given for the fit, scaled or not; labels are not looked at, but by a conditional model
   * @throws TypeError for another shape, or another scaling
   * @throws RangeError where there are none, or a value is not finite
   */
  examine(examples: Examples): Promise<Examined>;
  /** Examples as the model sees them. */
  scaled(examples: Examples): Examples;
  toJSON(): DetectorState;
}

/**
 * The detector that `toJSON` has written down, with its model.
 * @param score where it is one of one's own
 * @throws RangeError for a state of another version, or a score that is not known
 */
export function detectorFrom(
  state: DetectorState,
  model: Autoencoder,
  score: Score = scoreOf(state.score),
): Detector {
  if (state.version !== 1)
    throw new RangeError(
      `Cannot make a detector: found a state of version ${String(state.version)}, expected 1; it is of a later @ae/evaluation`,
    );
  const { threshold, basis, split } = state;
  const scorer = score.from(model, state.fitted);
  const scaled = (examples: Examples) => scaledAs(state, examples);
  const where = scorer.where ?? ((examples: Examples) => squaredErrors(model, examples));
  return {
    ...{ model, threshold, basis, split, scaled },
    score: async (examples) => scorer.score(scaled(examples)),
    where: async (examples) => where(scaled(examples)),
    async examine(examples) {
      const given = scaled(examples);
      const found = await scorer.score(given);
      const isAnomaly = Uint8Array.from(found, (each) => Number(each > threshold));
      return { score: found, isAnomaly, where: await where(given) };
    },
    toJSON: () => state,
  };
}

function scaledAs(
  { shape, scaling }: Pick<DetectorState, 'shape' | 'scaling'>,
  examples: Examples,
): Examples {
  const cannot = 'Cannot examine';
  if (`${examples.shape}` !== `${shape}`)
    throw new TypeError(
      `${cannot}: found ${wordsFor(examples.shape).many} of ${wordsFor(examples.shape).size}, expected ${wordsFor(shape).size} as in training`,
    );
  rowsOf(cannot, examples);
  if (JSON.stringify(examples.scaling) === JSON.stringify(scaling)) return examples;
  if (!examples.scaling && scaling) return applyScaling(examples, scaling);
  throw new TypeError(
    `${cannot}: found examples that are scaled otherwise than those of the fit, expected ${scaling ? 'the same scaling, or' : ''} none`,
  );
}
