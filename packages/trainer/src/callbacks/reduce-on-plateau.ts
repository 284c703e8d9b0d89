import type { Callback } from '../callback.js';
import { columnOf } from '../column.js';

export interface ReduceOnPlateauOptions {
  /** What has to fall. @default 'validation.loss' */
  column?: string;
  /** What the learning rate is multiplied by. @default 0.1 */
  factor?: number;
  /** Epochs that may pass without a fall. @default 10 */
  patience?: number;
  /** How much counts as a fall. @default 1e-4 */
  minDelta?: number;
  /** The rate does not go below. @default 0 */
  minLearningRate?: number;
}

/** Lowers the learning rate when a column has not fallen for `patience` epochs; names and defaults are Keras's. */
export function reduceOnPlateau({
  column = 'validation.loss',
  factor = 0.1,
  patience = 10,
  minDelta = 1e-4,
  minLearningRate = 0,
}: ReduceOnPlateauOptions = {}): Callback {
  if (!(factor > 0 && factor < 1))
    throw new RangeError(
      `Cannot reduce the learning rate: factor is ${factor}, expected above 0 and below 1`,
    );
  let best = Infinity;
  let wait = 0;
  return {
    name: `reduce-on-plateau ${column}`,
    onEpoch(run, row) {
      const value = columnOf(row, column, 'reduceOnPlateau');
      const fell = value < best - minDelta;
      if (fell) best = value;
      wait = fell ? 0 : wait + 1;
      if (wait < patience) return;
      run.learningRate = Math.max(minLearningRate, run.learningRate * factor);
      wait = 0;
    },
    state: () => ({ values: { best, wait } }),
    restore({ values }) {
      best = values.best!;
      wait = values.wait!;
    },
  };
}
