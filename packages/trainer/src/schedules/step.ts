import { defineSchedule } from '../define-schedule.js';
import { above0, wholeFrom1 } from '../number-schemas.js';

/** Multiplies the rate by `factor` after every `every` epochs. */
export const step = defineSchedule({
  options: { every: wholeFrom1, factor: above0 },
  defaults: {},
  callback: ({ every, factor }) => ({
    beforeStep(run) {
      run.learningRate = run.initialLearningRate * factor ** Math.floor((run.epoch - 1) / every);
    },
  }),
});
