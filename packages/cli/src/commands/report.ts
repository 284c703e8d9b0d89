import type { OpenOptions } from '@ae/runs';

import { command, withMovedData } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';

export const report: CommandDefinition = {
  place: 6,
  make: () =>
    withMovedData(
      command('report', "draws a run's figures and report again").argument('<run>', 'a run folder'),
    )
      .option('--png', 'also leave every figure as PNG')
      .action(async (folder: string, options: OpenOptions & OutputOptions & { png?: boolean }) => {
        const { writeReport } = await import('@ae/runs');
        const { withRun } = await import('../terminal/with-run.js');
        const output = createOutput(options);
        const path = await withRun(folder, options, output, (run) => writeReport(run, options));
        output.result(path, { run: folder, report: path });
      }),
};
