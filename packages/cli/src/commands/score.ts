import type { OpenOptions } from '@ae/runs';
import { UsageError } from '@ae/runs/text';

import { backends, command, withModelFile } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { oneOf } from '../options/number-option.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';
import { print } from '../terminal/standard-streams.js';

interface ScoreOptions extends OpenOptions, OutputOptions {
  data?: string;
  out?: string;
  force?: boolean;
  follow?: boolean;
}

export const score: CommandDefinition = {
  place: 2.5,
  make: () =>
    withModelFile(
      command(
        'score',
        'what a detector says of new data: a score, a verdict and the reasons, as CSV',
      ).argument('<run>', 'a run folder of ae detect'),
    )
      .option('--data <path>', 'a file or folder like that which the run was trained on')
      .option('--follow', 'read CSV from standard input instead, and answer each line as it comes')
      .option('--out <file.csv>', 'where the scores go (default: standard output)')
      .option('--force', 'write over a file that has no scores')
      .option('--backend <name>', `what computes: ${backends.join(', ')}`, oneOf('--backend', backends))
      .addHelpText('after', examples)
      .action(async (folder: string, { data, out, force, follow = false, ...options }: ScoreOptions) => {
        const output = createOutput(options);
        if ((data === undefined) !== follow)
          throw new UsageError(
            `Cannot score: found ${follow ? 'both --data and --follow' : 'neither --data nor --follow'}, expected one of them`,
          );
        if (follow && out !== undefined)
          throw new UsageError(
            'Cannot score: found --out beside --follow, whose answers go to standard output, expected one of them',
          );
        const { checkOutputFile, scoreData } = await import('@ae/runs');
        const { withRun } = await import('../terminal/with-run.js');
        const { scoresTable } = await import('../terminal/scores-table.js');
        if (out !== undefined) checkOutputFile(out, '.csv', force);
        await withRun(folder, options, output, async (run, observer) => {
          if (follow) {
            const { followLines } = await import('../terminal/follow-lines.js');
            return followLines(run, (scored, isFirst) => print(scoresTable(scored, isFirst)));
          }
          const scored = await scoreData(run, data!, observer);
          const anomalies = scored.isAnomaly.reduce((sum, each) => sum + each, 0);
          const facts = { run: folder, examples: scored.examples.count, anomalies };
          const table = scoresTable(scored);
          if (out === undefined)
            return output.result(table.trimEnd(), { ...facts, score: [...scored.score] });
          const { writeFileWhole } = await import('@ae/trainer/node');
          await writeFileWhole(out, table);
          output.result(`${anomalies} of ${facts.examples} do not belong\n${out}`, { ...facts, out });
        });
      }),
};

const examples = `
Examples:
  ae score runs/ae-<time> --data new.csv --out scores.csv
  tail -f readings.csv | ae score runs/ae-<time> --follow`;
