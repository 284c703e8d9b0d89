import type { Command } from 'commander';

import { command, withMovedData } from '../command.js';
import { withFigureFile, type FigureCommandOptions } from '../figure-command.js';
import { oneOf, wholeNumber } from '../number-option.js';
import { createOutput } from '../output.js';

/** How a code is laid out on paper. */
export type LatentMethod = (typeof methods)[number];
const methods = ['code', 'pca'] as const;

export const latent = (): Command =>
  withFigureFile(
    withMovedData(
      command('latent', 'a figure: the codes of test images, coloured by digit').argument(
        '<run>',
        'a run folder',
      ),
    ),
  )
    .option(
      '--method <name>',
      'code (two dimensions) or pca (default: code where it has two)',
      oneOf('--method', methods),
    )
    .option('--count <n>', 'how many test images at most', wholeNumber('--count', { min: 1 }), 10_000)
    .action(async (run: string, options: FigureCommandOptions & { method?: LatentMethod; count: number }) => {
      const { drawLatent } = await import('../draw-run.js');
      await drawLatent(run, options, createOutput(options));
    });
