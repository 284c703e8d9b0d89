import type { Command } from 'commander';

import { command } from '../command.js';
import { createOutput, type OutputOptions } from '../output.js';

export const trust = (): Command =>
  command('trust', "let the code of a run's own model run on this machine")
    .argument('<run>', 'a run folder whose model is a file of its own; read that file first')
    .action(async (run: string, options: OutputOptions) => {
      const { trustRun } = await import('../trust-run.js');
      await trustRun(run, createOutput(options));
    });
