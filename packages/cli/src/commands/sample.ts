import type { Command } from 'commander';

import { command, withModelFile, withPlaces } from '../command.js';
import { withFigureFile, type FigureCommandOptions } from '../figure-command.js';
import { wholeNumber } from '../number-option.js';
import { createOutput } from '../output.js';

export const sample = (): Command =>
  withFigureFile(
    withPlaces(
      withModelFile(
        command('sample', 'a figure: images drawn from a generative model').argument('<run>', 'a run folder'),
      ),
    ),
  )
    .option('--count <n>', 'how many images', wholeNumber('--count', { min: 1, max: 10_000 }), 64)
    .option('--seed <n>', 'one seed draws one set of images', wholeNumber('--seed'), 1)
    .action(async (run: string, options: FigureCommandOptions & { count: number; seed: number }) => {
      const { drawSamples } = await import('../draw-run.js');
      await drawSamples(run, options, createOutput(options));
    });
