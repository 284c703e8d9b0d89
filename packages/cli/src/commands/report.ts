import type { Command } from 'commander';

import { command, withMovedData, type PlaceOptions } from '../command.js';
import { createOutput, type OutputOptions } from '../output.js';

export const report = (): Command =>
  withMovedData(command('report', "draws a run's figures and report again").argument('<run>', 'a run folder'))
    .option('--png', 'also leave every figure as PNG')
    .action(async (run: string, options: PlaceOptions & OutputOptions & { png?: boolean }) => {
      const { reportRun } = await import('../report-run.js');
      await reportRun(run, options, createOutput(options));
    });
