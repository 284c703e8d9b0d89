import type { Command } from 'commander';

import { command } from '../command.js';
import { createOutput, type OutputOptions } from '../output.js';

export const open = (): Command =>
  command('open', "serves a run's report and files to a browser on this machine, until Ctrl-C")
    .argument('<run>', 'a run folder')
    .action(async (run: string, options: OutputOptions) => {
      const { serveRun } = await import('../serve-run.js');
      await serveRun(run, createOutput(options));
    });
