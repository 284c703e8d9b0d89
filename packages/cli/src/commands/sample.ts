import { UsageError } from '@ae/runs/text';

import { command, withModelFile, withPlaces } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { withFigureFile, type FigureCommandOptions } from '../options/figure-command.js';
import { wholeNumber } from '../options/number-option.js';

export const sample: CommandDefinition = {
  place: 4,
  make: () =>
    withFigureFile(
      withPlaces(
        withModelFile(
          command('sample', 'a figure: images drawn from a generative model').argument(
            '<run>',
            'a run folder',
          ),
        ),
      ),
    )
      .option('--count <n>', 'how many images', wholeNumber('--count', { min: 1, max: 10_000 }), 64)
      .option('--seed <n>', 'one seed draws one set of images', wholeNumber('--seed'), 1)
      .action(async (folder: string, options: FigureCommandOptions & { count: number; seed: number }) => {
        const { drawFigure } = await import('../terminal/draw-figure.js');
        await drawFigure(folder, options, async (run) => {
          if (!run.model.sample)
            throw new UsageError(
              `Cannot draw samples: ${run.definition.name} is not generative, expected a run of a model such as vae`,
            );
          return run.figures('samples', options);
        });
      }),
};
