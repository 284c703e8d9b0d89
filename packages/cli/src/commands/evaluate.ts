import type { OpenOptions } from '@ae/runs';
import { formatMetric } from '@ae/runs/text';

import { command, withMovedData } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

export const evaluate: CommandDefinition = {
  place: 2,
  make: () =>
    withMovedData(
      command('evaluate', 'every metric on the test set, beside a PCA of equal size').argument(
        '<run>',
        'a run folder',
      ),
    ).action(async (folder: string, options: OpenOptions & OutputOptions) => {
      const { evaluateRun } = await import('@ae/runs');
      const { withRun } = await import('../terminal/with-run.js');
      const output = createOutput(options);
      await withRun(folder, options, output, async (run, observer) => {
        const { test, pca, findings } = await evaluateRun(run, observer);
        const { model, data } = run.record;
        const rows = Object.entries(test).map(([name, value]) => [
          name,
          formatMetric(name, value),
          formatMetric(name, name === 'mse' ? pca.mse : undefined),
        ]);
        output.result(textTable(['', model, `PCA of ${pca.components}`], rows), {
          ...{ run: folder, model, images: data.test },
          ...{ test, pca, findings },
        });
      });
    }),
};
