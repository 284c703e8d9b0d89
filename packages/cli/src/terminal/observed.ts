import type { Observer } from '@ae/runs';

import type { Output } from './output.js';
import { trainingBar, transferBar, type ProgressBar } from './progress-bar.js';

/** Does long work and shows what it tells: bars, or lines where there is no terminal, on standard error. */
export async function observed<Result>(
  output: Output,
  work: (observer: Observer) => Promise<Result>,
): Promise<Result> {
  let shown: { of: 'training' | 'data'; bar: ProgressBar<never> } | undefined;
  const close = () => {
    shown?.bar.stop();
    shown = undefined;
  };
  const barOf = <Step>(of: 'training' | 'data', make: () => ProgressBar<Step>): ProgressBar<Step> => {
    if (shown?.of !== of) {
      close();
      shown = { of, bar: make() };
    }
    return shown.bar as ProgressBar<Step>;
  };
  try {
    return await work({
      notice(text) {
        shown?.bar.stop(); // it comes back with the next step
        output.notice(text);
      },
      detail: output.detail,
      step(progress) {
        barOf('training', () => trainingBar(output, progress.epochs)).update(progress);
        if (progress.row && progress.epoch === progress.epochs) close();
      },
      bytes: (progress) => barOf('data', () => transferBar(output)).update(progress),
    });
  } finally {
    close();
  }
}
