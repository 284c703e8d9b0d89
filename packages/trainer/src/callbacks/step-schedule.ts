import type { Callback } from '../callback.js';

export interface StepScheduleOptions {
  /** Epochs at one rate. */
  every: number;
  /** What the rate is multiplied by after them. */
  factor: number;
}

/** Multiplies the learning rate by `factor` every `every` epochs. */
export function stepSchedule({ every, factor }: StepScheduleOptions): Callback {
  if (!Number.isSafeInteger(every) || every < 1 || !(factor > 0))
    throw new RangeError(
      `Cannot make a step schedule: every is ${every} and factor ${factor}, expected a whole number from 1 and a number above 0`,
    );
  return {
    name: 'step-schedule',
    beforeStep(run) {
      run.learningRate = run.initialLearningRate * factor ** Math.floor((run.epoch - 1) / every);
    },
  };
}
