import type { Callback, Run } from '../callback.js';
import { columnOf } from '../column.js';

export interface EarlyStoppingOptions {
  /** What has to fall. @default 'validation.loss' */
  column?: string;
  /** Epochs that may pass without a fall. @default 5 */
  patience?: number;
  /** How much counts as a fall. @default 0 */
  minDelta?: number;
}

/** Stops the run when a column of the history has not fallen for `patience` epochs. */
export function earlyStopping({
  column = 'validation.loss',
  patience = 5,
  minDelta = 0,
}: EarlyStoppingOptions = {}): Callback {
  let best = Infinity;
  let wait = 0;
  const stopIfWaitedEnough = (run: Run) => {
    if (wait >= patience) run.stop(`${column} has not fallen below ${best} for ${wait} epochs`);
  };
  return {
    name: `early-stopping ${column}`,
    onStart: stopIfWaitedEnough,
    onEpoch(run, row) {
      const value = columnOf(row, column, 'earlyStopping');
      const fell = value < best - minDelta;
      if (fell) best = value;
      wait = fell ? 0 : wait + 1;
      stopIfWaitedEnough(run);
    },
    state: () => ({ values: { best, wait } }),
    restore({ values }) {
      best = values.best!;
      wait = values.wait!;
    },
  };
}
