import { openRun, type Observer, type OpenOptions, type Run } from '@ae/runs';

import { observed } from './observed.js';
import type { Output } from './output.js';

/** Opens a run, shows what is done with it, and frees its model. */
export const withRun = <Result>(
  folder: string,
  options: OpenOptions,
  output: Output,
  work: (run: Run, observer: Observer) => Promise<Result>,
): Promise<Result> =>
  observed(output, async (observer) => {
    const run = await openRun(folder, options, observer);
    try {
      return await work(run, observer);
    } finally {
      run.dispose();
    }
  });
