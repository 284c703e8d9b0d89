import type { Examples } from '@ae/data';

/** What gives every example a number, the higher the less it belongs: a baseline, or a score of a trained model. */
export interface Scorer {
  /** `[count]`; of an example the same number whatever others it comes with. */
  score(examples: Examples): Promise<Float64Array>;
  /**
   * What of each number comes from each value, `count` × `shape`: an error by pixel, column or time step. Absent where a
   * score has no places.
   */
  where?(examples: Examples): Promise<Float32Array>;
}
