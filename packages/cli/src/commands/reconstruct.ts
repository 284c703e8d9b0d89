import type { Command } from 'commander';

import { command, withMovedData } from '../command.js';
import { withFigureFile, type FigureCommandOptions } from '../figure-command.js';
import { wholeNumber } from '../number-option.js';
import { createOutput } from '../output.js';

export const reconstruct = (): Command =>
  withFigureFile(
    withMovedData(
      command('reconstruct', 'a figure: test images over their reconstructions').argument(
        '<run>',
        'a run folder',
      ),
    ),
  )
    .option('--count <n>', 'how many test images', wholeNumber('--count', { min: 1, max: 1000 }), 20)
    .action(async (run: string, options: FigureCommandOptions & { count: number }) => {
      const { drawReconstructions } = await import('../draw-run.js');
      await drawReconstructions(run, options, createOutput(options));
    });
