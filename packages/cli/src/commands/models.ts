import { command } from '../options/command.js';
import type { CommandDefinition } from '../options/command-definition.js';
import { createOutput, dim, type OutputOptions } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

export const models: CommandDefinition = {
  place: 10,
  make: () =>
    command('models', 'the zoo: every model with its options, recipes and paper')
      .argument('[model]', 'only this one, or a file of your own')
      .action(async (nameOrFile: string | undefined, options: OutputOptions) => {
        const { listModels, modelOf } = await import('@ae/runs');
        const { modelText } = await import('../terminal/model-text.js');
        const output = createOutput(options);
        if (nameOrFile !== undefined) {
          const { build: _, ...definition } = (await modelOf(nameOrFile)).definition;
          return output.result(modelText(definition), definition);
        }
        const zoo = listModels().map(({ build: _, ...definition }) => definition);
        const rows = zoo.map(({ name, recipes, summary }) => [
          name,
          Object.keys(recipes).join(', '),
          summary,
        ]);
        output.result(
          `${textTable(['model', 'recipes', 'what it is'], rows)}\n\n${dim('options, recipes and paper of one: ae models <model>')}`,
          zoo,
        );
      }),
};
