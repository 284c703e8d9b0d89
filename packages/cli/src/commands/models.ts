import type { Command } from 'commander';

import { command } from '../command.js';
import { createOutput, type OutputOptions } from '../output.js';

export const models = (): Command =>
  command('models', 'the zoo: every model with its options, recipes and paper')
    .argument('[model]', 'only this one, or a file of your own')
    .action(async (model: string | undefined, options: OutputOptions) => {
      const { listModels } = await import('../list-models.js');
      await listModels(model, createOutput(options));
    });
