import { UsageError } from '@ae/runs/text';

import { command, withMovedData } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { withFigureFile, type FigureCommandOptions } from '../options/figure-command.js';
import { oneOf, wholeNumber } from '../options/number-option.js';

/** How a code is laid out on paper. */
const methods = ['code', 'pca'] as const;

interface LatentOptions extends FigureCommandOptions {
  method?: (typeof methods)[number];
  count: number;
}

export const latent: CommandDefinition = {
  place: 5,
  make: () =>
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
      .action(async (folder: string, options: LatentOptions) => {
        const { drawFigure } = await import('../terminal/draw-figure.js');
        await drawFigure(folder, options, async (run, observer) => {
          const dimensions = await run.dimensions();
          if (options.method === 'pca' && dimensions <= 2)
            observer.notice?.(`the code has ${dimensions} dimensions: it is drawn as it is, without a PCA`);
          if (options.method === 'code' && dimensions > 2)
            throw new UsageError(
              `Cannot use --method code: the code has ${dimensions} dimensions, expected at most 2; use --method pca`,
            );
          return run.figures('latent-space', options);
        });
      }),
};
