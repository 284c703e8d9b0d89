import { command, withMovedData } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { withFigureFile, type FigureCommandOptions } from '../options/figure-command.js';
import { wholeNumber } from '../options/number-option.js';

export const reconstruct: CommandDefinition = {
  place: 3,
  make: () =>
    withFigureFile(
      withMovedData(
        command('reconstruct', 'a figure: test images over their reconstructions').argument(
          '<run>',
          'a run folder',
        ),
      ),
    )
      .option('--count <n>', 'how many test images', wholeNumber('--count', { min: 1, max: 1000 }), 20)
      .action(async (folder: string, options: FigureCommandOptions & { count: number }) => {
        const { drawFigure } = await import('../terminal/draw-figure.js');
        await drawFigure(folder, options, (run) => run.figures('reconstructions', options));
      }),
};
