import * as v from 'valibot';

import { columnOf } from '../column.js';
import { defineSchedule } from '../define-schedule.js';
import { from0, wholeFrom1 } from '../number-schemas.js';

/**
 * Multiplies the rate by `factor`, down to `minLearningRate`, when a column of the history has not fallen by more than
 * `minDelta` for `patience` epochs; names and defaults are those of Keras's ReduceLROnPlateau.
 */
export const reduceOnPlateau = defineSchedule({
  options: {
    column: v.string(),
    factor: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)),
    patience: wholeFrom1,
    minDelta: from0,
    minLearningRate: from0,
  },
  defaults: { column: 'validation.loss', factor: 0.1, patience: 10, minDelta: 1e-4, minLearningRate: 0 },
  callback({ column, factor, patience, minDelta, minLearningRate }) {
    let best = Infinity;
    let wait = 0;
    return {
      onEpoch(run, row) {
        const value = columnOf(row, column, 'reduce-on-plateau');
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
  },
});
