import type { DetectOptions } from '@ae/runs';
import { formatMetric } from '@ae/runs/text';

import { command, withPlaces } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { withReading } from '../options/data-options.js';
import { settingsOf } from '../options/model-options.js';
import { share } from '../options/number-option.js';
import { withTraining } from '../options/training-options.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

export const detect: CommandDefinition = {
  place: 2,
  make: () =>
    withTraining(
      withReading(
        withPlaces(
          command(
            'detect',
            'train a detector of what does not belong, and judge it beside simpler ones',
          ).argument(
            '<data>',
            'a file or folder of pictures, tables or arrays; a .ts file that defines data; mnist and the like',
          ),
        ),
      )
        .option('--model <name or file>', 'what is trained (default: one for the shape of the data)')
        .option(
          '--score <name>',
          'code-and-residual, reconstruction-error, … (default: by the shape of the data)',
        )
        .option(
          '--false-alarms <share>',
          'of what belongs that may give an alarm (default: 0.01)',
          share('--false-alarms'),
        )
        .option(
          '--contamination <share>',
          'instead: of all examples that do not belong',
          share('--contamination'),
        )
        .option(
          '--validation <share>',
          'held out, to choose the threshold by (default: 0.2)',
          share('--validation'),
        ),
    )
      .addHelpText('after', examples)
      .action(async (data: string, typed: DetectOptions & OutputOptions & { set?: string[] }) => {
        const { detectRun } = await import('@ae/runs');
        const { observed } = await import('../terminal/observed.js');
        const { withStop } = await import('../terminal/stop.js');
        const { set, ...options } = typed;
        const output = createOutput(typed);
        const { run, detection } = await observed(output, (observer) =>
          withStop((signal) => detectRun({ ...options, data, options: settingsOf(set), signal }, observer)),
        );
        run.dispose();
        const { judged = [], verdict, state } = detection;
        const rows = judged.map(({ name, auroc, averagePrecision, falseAlarms }) => [
          name,
          auroc.toFixed(3),
          averagePrecision.toFixed(3),
          falseAlarms ? `${formatMetric('', 100 * falseAlarms.came)} %` : '–',
        ]);
        const table = textTable(['', 'AUROC', 'avg. precision', 'false alarms'], rows);
        output.result(
          [
            ...(verdict === undefined ? [] : [table, verdict]),
            `threshold ${state.threshold.toPrecision(4)} of ${state.score}`,
            run.report,
          ].join('\n'),
          {
            run: run.folder,
            report: run.report,
            score: state.score,
            threshold: state.threshold,
            judged,
            verdict,
          },
        );
      }),
};

const examples = `
Examples:
  ae detect readings.csv --label state --normal ok
  ae detect ./photos --size 32 --false-alarms 0.05
  ae detect series.csv --window 64
  ae detect mnist --normal 0,1,2,3,4,5,6,7,8
  ae score runs/ae-<time> --data new.csv --out scores.csv`;
