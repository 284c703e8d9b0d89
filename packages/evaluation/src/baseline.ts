import type { Examples } from '@ae/data';
import type { RandomStream } from '@ae/models';

import type { Scorer } from './scorer.js';

export interface BaselineOptions {
  /** Numbers that it may keep of an example, as a model's code does; those that keep none take no notice. */
  components: number;
  random: RandomStream;
}

/** A detector without a network, that an autoencoder has to beat: one file in `baselines/`, found there. */
export interface Baseline {
  /** kebab-case. */
  name: string;
  /** One sentence: what its score is. */
  summary: string;
  /**
   * @param normal what belongs, or hardly anything else
   * @throws TypeError for examples whose arrays do not fit their shape
   * @throws RangeError where there are none, or a value is not finite
   */
  fit(normal: Examples, options: BaselineOptions): Scorer;
}
