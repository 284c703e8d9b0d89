import { formatMetric, formatSeconds } from '@ae/runs/text';

import { command } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

export const compare: CommandDefinition = {
  place: 8,
  make: () =>
    command('compare', 'runs side by side: a table, and a page with their curves over each other')
      .argument('<runs...>', 'two or more run folders')
      .option('--out <file.html>', 'the page (default: runs/compare-<time>.html)')
      .option('--force', 'write over a file that is no page')
      .action(async (folders: string[], options: OutputOptions & { out?: string; force?: boolean }) => {
        const { compareRuns } = await import('@ae/runs');
        const output = createOutput(options);
        const { runs, metrics, notes, page } = await compareRuns(folders, options);
        notes.forEach(output.notice);
        const rows = runs.map(({ name, run }) => [
          name,
          run.model,
          run.recipe,
          run.data.name,
          `${run.epochsDone ?? 0}`,
          ...metrics.map((metric) => formatMetric(metric, run.metrics?.test[metric])),
          run.seconds === undefined ? '–' : formatSeconds(run.seconds),
        ]);
        const names = ['run', 'model', 'recipe', 'data', 'epochs'];
        const header = [...names, ...metrics.map((name) => `test ${name}`), 'training'];
        output.result(`${textTable(header, rows)}\n${page}`, {
          page,
          runs: runs.map(({ folder, run }) => ({ run: folder, ...run })),
        });
      }),
};
