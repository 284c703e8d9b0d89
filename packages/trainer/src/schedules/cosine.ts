import * as v from 'valibot';

import { defineSchedule } from '../define-schedule.js';

/**
 * Lowers the rate with every step: α·(f + (1 - f)·(1 + cos(π·t/T))/2), where t of T steps are done and f is `final`,
 * the last rate as a share of the first one.
 * Loshchilov & Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, without restarts.
 */
export const cosine = defineSchedule({
  options: { final: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) },
  defaults: { final: 0 },
  spansTheRun: true,
  callback: ({ final }) => ({
    beforeStep(run) {
      const done = run.step / (run.epochs * run.batchesPerEpoch);
      run.learningRate =
        run.initialLearningRate * (final + ((1 - final) * (1 + Math.cos(Math.PI * done))) / 2);
    },
  }),
});
