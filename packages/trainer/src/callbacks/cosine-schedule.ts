import type { Callback } from '../callback.js';

export interface CosineScheduleOptions {
  /** The last rate as a share of the first one. @default 0 */
  final?: number;
}

/**
 * Lowers the learning rate with every step: α·(f + (1 - f)·(1 + cos(π·t/T))/2), where t of T steps are done.
 * Loshchilov & Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, without restarts.
 */
export function cosineSchedule({ final = 0 }: CosineScheduleOptions = {}): Callback {
  if (!(final >= 0 && final <= 1))
    throw new RangeError(`Cannot make a cosine schedule: final is ${final}, expected from 0 to 1`);
  return {
    name: 'cosine-schedule',
    beforeStep(run) {
      const done = run.step / (run.epochs * run.batchesPerEpoch);
      run.learningRate =
        run.initialLearningRate * (final + ((1 - final) * (1 + Math.cos(Math.PI * done))) / 2);
    },
  };
}
