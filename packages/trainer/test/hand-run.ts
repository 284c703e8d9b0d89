import type { Callback, Run } from '../src/callback.js';
import type { HistoryRow } from '../src/history.js';

/** A run of ten batches an epoch that only holds numbers. */
export const handRun = (numbers: Partial<Run> = {}): Run & { stopped: string[] } => {
  const stopped: string[] = [];
  const run = {
    epochs: 10,
    batchesPerEpoch: 10,
    imagesPerEpoch: 100,
    epoch: 1,
    batch: 0,
    step: 0,
    seconds: 0,
  };
  const rest = { means: {}, history: [], initialLearningRate: 0.1, learningRate: 0.1, stopReason: undefined };
  return { ...run, ...rest, stop: (why: string) => void stopped.push(why), stopped, ...numbers } as never;
};

export const row = (epoch: number, loss: number): HistoryRow => ({
  ...{ epoch, step: 10 * epoch, seconds: epoch, imagesPerSecond: 100, learningRate: 0.1 },
  ...{ 'train.loss': loss, 'validation.loss': loss },
});

/** Feeds validation losses, and tells after how many the run was stopped, and the learning rates. */
export async function feed(callback: Callback, losses: number[]) {
  const run = handRun();
  const rates: number[] = [];
  for (const [i, loss] of losses.entries()) {
    await callback.onEpoch!(run, row(i + 1, loss));
    rates.push(run.learningRate);
    if (run.stopped.length > 0) return { stoppedAfter: i + 1, why: run.stopped[0], rates };
  }
  return { stoppedAfter: undefined, why: undefined, rates };
}

/** The learning rate that a schedule sets before the step after `step` steps. */
export function rateAt(schedule: Callback, step: number): number {
  const run = handRun({ step, epoch: Math.floor(step / 10) + 1, batch: step % 10 });
  schedule.beforeStep!(run);
  return run.learningRate;
}
