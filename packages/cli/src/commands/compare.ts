import type { Command } from 'commander';

import { command } from '../command.js';
import { createOutput, type OutputOptions } from '../output.js';

export const compare = (): Command =>
  command('compare', 'runs side by side: a table, and a page with their curves over each other')
    .argument('<runs...>', 'two or more run folders')
    .option('--out <file.html>', 'the page (default: runs/compare-<time>.html)')
    .option('--force', 'write over a file that is no page')
    .action(async (runs: string[], options: OutputOptions & { out?: string; force?: boolean }) => {
      const { compareRuns } = await import('../compare-runs.js');
      await compareRuns(runs, options, createOutput(options));
    });
