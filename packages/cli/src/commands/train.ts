import type { TrainOptions } from '@ae/runs';

import { command, withPlaces } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { withReading } from '../options/data-options.js';
import { settingsOf } from '../options/model-options.js';
import { share } from '../options/number-option.js';
import { withTraining } from '../options/training-options.js';
import { createOutput, type OutputOptions } from '../terminal/output.js';

export const train: CommandDefinition = {
  place: 1,
  make: () =>
    withTraining(
      withReading(
        withPlaces(
          command('train', 'train a model; leaves a run folder with its report')
            .argument('[model]', 'a name from `ae models`, or a file whose default export is defineModel(…)')
            .option(
              '--data <name or path>',
              'auto, mnist, fashion-mnist, kmnist, digits; a file or folder of pictures, tables or arrays; a .ts file that defines data (default: auto)',
            ),
        ),
      )
        .option(
          '--validation <share>',
          'training examples kept for validation, drawn by the seed, such as 0.1 (default: as the data set defines; of files a tenth)',
          share('--validation'),
        )
        .option('--recipe <name>', 'a named way to train it, see `ae models <model>` (default: default)'),
    )
      .option('--live', 'serve a page to this machine on which the run is watched, and can be stopped')
      .addHelpText('after', examples)
      .action(async (model: string | undefined, typed: TrainOptions & OutputOptions & { set?: string[] }) => {
        const { trainRun } = await import('@ae/runs');
        const { metricsText } = await import('../terminal/metrics-text.js');
        const { observed } = await import('../terminal/observed.js');
        const { withStop } = await import('../terminal/stop.js');
        const { set, ...options } = typed;
        const output = createOutput(typed);
        const { folder, record, report, dispose } = await observed(output, (observer) =>
          withStop((signal) => trainRun({ ...options, model, options: settingsOf(set), signal }, observer)),
        );
        dispose();
        output.result(`${metricsText(record)}\n${report}`, { run: folder, report, ...record });
      }),
};

const examples = `
Examples:
  ae train vae --epochs 5
  ae train conv-vae --live
  ae train vae --recipe original --set latentDim=10 --seed 2
  ae train conv-ae --data ./photos --size 32 --channels 3
  ae train ae --data readings.csv --label fault
  ae train ./my-model.ts --data digits --out runs/mine
  ae train --out runs/mine --resume`;
