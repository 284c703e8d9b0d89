import type { Observer, OriginalModel, PlannedRun, ReproduceOptions, Reproduction } from '@ae/runs';
import { formatMetric, formatSeconds } from '@ae/runs/text';

import { command, withPlaces } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { wholeNumber } from '../options/number-option.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

export const reproduce: CommandDefinition = {
  place: 9,
  make: () =>
    withPlaces(
      command(
        'reproduce',
        "the original repository's four models, its recipe beside ours, all figures on one page",
      ).option('--data <name or folder>', 'as for `ae train` (default: auto)'),
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
      .action((options: ReproduceOptions & OutputOptions) => reproduceModels(options)),
};

/** @param models @default all four */
export async function reproduceModels(
  options: ReproduceOptions & OutputOptions,
  models?: readonly OriginalModel[],
): Promise<void> {
  const runs = await import('@ae/runs');
  const { observed } = await import('../terminal/observed.js');
  const { withStop } = await import('../terminal/stop.js');
  const output = createOutput(options);
  const asked = { ...options, ...(models && { models }) };
  const result = await observed(output, (observer) =>
    withStop((signal) =>
      runs.reproduce({ ...asked, signal }, { ...observer, planned: (plan) => announce(plan, observer) }),
    ),
  );
  output.result(`${tableOf(result)}\n${result.report}`, {
    ...result,
    runs: result.runs.map(({ run }) => run),
  });
}

/** Says how long it will take. */
function announce(planned: readonly PlannedRun[], observer: Observer): void {
  const rows = planned.map(({ definition, settings, isDone, seconds }) => [
    definition.name,
    settings.recipe,
    `${settings.epochs}`,
    isDone ? 'done' : formatSeconds(seconds),
  ]);
  const total = planned.reduce((sum, { seconds }) => sum + seconds, 0);
  observer.notice?.(textTable(['model', 'recipe', 'epochs', 'about'], rows));
  observer.notice?.(
    `all together about ${formatSeconds(total)}; stopped at any time, it goes on with --resume`,
  );
}

const tableOf = ({ runs }: Reproduction): string =>
  textTable(
    ['model', 'recipe', 'code', 'test loss', 'test mse', 'PCA mse', 'training'],
    runs.map(({ run, dimensions, pca }) => [
      run.model,
      run.recipe,
      String(dimensions),
      formatMetric('loss', run.metrics?.test.loss),
      formatMetric('mse', run.metrics?.test.mse),
      formatMetric('mse', pca.mse),
      formatSeconds(run.seconds ?? 0),
    ]),
  );
