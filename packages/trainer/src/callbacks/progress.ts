import type { Callback, Run } from '../callback.js';
import type { HistoryRow } from '../history.js';

/** How far a run is, as plain data. */
export interface Progress {
  /** In progress, from 1. */
  epoch: number;
  epochs: number;
  /** Batches of this epoch that are done. */
  batch: number;
  batches: number;
  /** Means over the images of this epoch so far. */
  terms: Record<string, number>;
  /** Training images per second since this process took up the run. */
  imagesPerSecond: number;
  /** Until the last epoch ends, at the speed so far; validation included. */
  secondsLeft: number;
  /** At the end of an epoch only. */
  row?: HistoryRow;
}

/** Reports about 20 times a second and at the end of each epoch; what is drawn is up to the caller. */
export function progress(report: (progress: Progress) => void): Callback {
  let start = { step: 0, seconds: 0 };
  const soFar = (run: Run): Progress => {
    const { epoch, epochs, batch, batchesPerEpoch: batches, imagesPerEpoch, means: terms } = run;
    const seconds = run.seconds - start.seconds;
    const steps = run.step - start.step;
    return {
      ...{ epoch, epochs, batch, batches, terms },
      imagesPerSecond: seconds > 0 ? (steps / seconds) * (imagesPerEpoch / batches) : 0,
      secondsLeft: steps > 0 ? (seconds / steps) * (epochs * batches - run.step) : Infinity,
    };
  };
  return {
    name: 'progress',
    onStart(run) {
      start = { step: run.step, seconds: run.seconds };
    },
    onPause(run) {
      if (run.batch > 0) report(soFar(run));
    },
    onEpoch: (run, row) => report({ ...soFar(run), row }),
  };
}

/** One line: `epoch 3/10 · loss 152.07 · kl 5.2131 · 8,400 images/s`, with the whole row at an epoch's end. */
export function describeProgress({
  epoch,
  epochs,
  batch,
  batches,
  terms,
  imagesPerSecond,
  row,
}: Progress): string {
  const losses = row ? Object.entries(row).filter(([name]) => name.includes('.')) : Object.entries(terms);
  return [
    row ? `epoch ${epoch}/${epochs}` : `epoch ${epoch}/${epochs}, batch ${batch}/${batches}`,
    ...losses.map(([name, value]) => `${name} ${value.toPrecision(5)}`),
    `${Math.round(row?.imagesPerSecond ?? imagesPerSecond).toLocaleString('en')} images/s`,
  ].join(' · ');
}
