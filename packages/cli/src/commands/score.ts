import type { OpenOptions, ScoredData } from '@ae/runs';
import { UsageError } from '@ae/runs/text';

import { command, withModelFile } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';
import { print } from '../terminal/standard-streams.js';

interface ScoreOptions extends OpenOptions, OutputOptions {
  data?: string;
  out?: string;
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
      .option('--backend <name>', 'what computes (default: the fastest that works here)')
      .addHelpText('after', examples)
      .action(async (folder: string, { data, out, follow = false, ...options }: ScoreOptions) => {
        const output = createOutput(options);
        if ((data === undefined) !== follow)
          throw new UsageError(
            `Cannot score: found ${follow ? 'both --data and --follow' : 'neither --data nor --follow'}, expected one of them`,
          );
        const { scoreData } = await import('@ae/runs');
        const { withRun } = await import('../terminal/with-run.js');
        await withRun(folder, options, output, async (run, observer) => {
          if (follow) {
            const { followLines } = await import('../terminal/follow-lines.js');
            return followLines(run, (scored, isFirst) => print(tableOf(scored, isFirst)));
          }
          const scored = await scoreData(run, data!, observer);
          const anomalies = scored.isAnomaly.reduce((sum, each) => sum + each, 0);
          const facts = { run: folder, examples: scored.examples.count, anomalies };
          if (out === undefined)
            return output.result(tableOf(scored, true).trimEnd(), { ...facts, score: [...scored.score] });
          const { writeFileWhole } = await import('@ae/trainer/node');
          await writeFileWhole(out, tableOf(scored, true));
          output.result(`${anomalies} of ${facts.examples} do not belong\n${out}`, { ...facts, out });
        });
      }),
};

/** A line an example: its name, its score, 1 where it does not belong and, but for pictures, what made it so. */
function tableOf({ examples: { names }, score, isAnomaly, because }: ScoredData, withHead: boolean): string {
  const lines = Array.from(score, (value, i) =>
    [
      ...(names ? [cell(names[i]!)] : []),
      value,
      isAnomaly[i],
      ...(because ? [cell(because[i]!.join(' '))] : []),
    ].join(','),
  );
  const head = [...(names ? ['name'] : []), 'score', 'is_anomaly', ...(because ? ['because'] : [])].join(',');
  return [...(withHead ? [head] : []), ...lines].map((line) => `${line}\n`).join('');
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const examples = `
Examples:
  ae score runs/ae-<time> --data new.csv --out scores.csv
  tail -f readings.csv | ae score runs/ae-<time> --follow`;
