import type { Command } from 'commander';

import { command, withPlaces, type PlaceOptions } from '../command.js';
import { wholeNumber } from '../number-option.js';
import { createOutput, type OutputOptions } from '../output.js';

/** What may be typed after `ae reproduce`. */
export interface ReproduceOptions extends PlaceOptions, OutputOptions {
  epochs?: number;
  seed?: number;
  out?: string;
  resume?: boolean;
  png?: boolean;
}

export const reproduce = (): Command =>
  withPlaces(
    command('reproduce', "the origin's four models, its recipe beside ours, all figures on one page").option(
      '--data <name or folder>',
      'as for `ae train` (default: auto)',
    ),
  )
    .option(
      '--epochs <n>',
      "passes over the training images (default: each recipe's own)",
      wholeNumber('--epochs', { min: 1 }),
    )
    .option('--seed <n>', 'one seed gives one set of runs (default: 1)', wholeNumber('--seed'))
    .option('--out <folder>', 'where the runs and the page go (default: runs/reproduce-<time>)')
    .option('--resume', 'go on in --out where it stopped; finished runs are kept')
    .option('--png', 'also leave every figure as PNG')
    .action(async (options: ReproduceOptions) => {
      const { reproduceRuns } = await import('../reproduce-runs.js');
      await reproduceRuns(options, createOutput(options));
    });
