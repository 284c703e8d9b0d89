import type { Command } from 'commander';

import { command, withMovedData, type PlaceOptions } from '../command.js';
import { createOutput, type OutputOptions } from '../output.js';

export const evaluate = (): Command =>
  withMovedData(
    command('evaluate', 'every metric on the test set, beside a PCA of equal size').argument(
      '<run>',
      'a run folder',
    ),
  ).action(async (run: string, options: PlaceOptions & OutputOptions) => {
    const { evaluateRun } = await import('../evaluate-run.js');
    await evaluateRun(run, options, createOutput(options));
  });
