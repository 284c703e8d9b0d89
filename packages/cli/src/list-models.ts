import { zoo, type ModelDefinition, type Recipe } from '@ae/models';

import { modelOf } from './model-of.js';
import { bestText, citation, courseText, optionText } from './model-text.js';
import { bold, dim, type Output } from './output.js';
import { textTable } from './text-table.js';

/** Prints the zoo, or one model with its options and recipes. */
export async function listModels(nameOrFile: string | undefined, output: Output): Promise<void> {
  if (nameOrFile !== undefined) {
    const { definition } = await modelOf(nameOrFile);
    return output.result(describeModel(definition), plain(definition));
  }
  const models = Object.values(zoo) as unknown as ModelDefinition[];
  const rows = models.map(({ name, recipes, summary }) => [name, Object.keys(recipes).join(', '), summary]);
  output.result(
    `${textTable(['model', 'recipes', 'what it is'], rows)}\n\n${dim('options, recipes and paper of one: ae models <model>')}`,
    models.map(plain),
  );
}

function describeModel({ name, summary, paper, defaults, recipes }: ModelDefinition): string {
  const width = Math.max(...Object.keys(defaults).map((key) => key.length));
  return [
    bold(name),
    summary,
    ...(paper ? [citation(paper)] : []),
    ...(paper?.url === undefined ? [] : [paper.url]),
    '',
    bold('Options') + dim('  --set key=value; these are the defaults'),
    ...Object.entries(defaults).map(([key, value]) => `  ${key.padEnd(width)}  ${optionText(value)}`),
    '',
    bold('Recipes') + dim('  --recipe name'),
    ...Object.entries(recipes).map(
      ([recipe, found]) => `  ${recipe}: ${found.description}\n    ${recipeText(found)}`,
    ),
  ].join('\n');
}

function recipeText({
  optimizer: { name, ...rates },
  schedule,
  batchSize,
  epochs,
  options = {},
  anneal = {},
  best,
}: Recipe): string {
  const set = Object.entries(options).map(([key, value]) => `${key}=${optionText(value)}`);
  return [
    `${name} ${Object.entries(rates)
      .map(([key, value]) => `${key} ${value}`)
      .join(' ')}`,
    ...(schedule ? [`${schedule.name} schedule`] : []),
    ...Object.entries(anneal).map(([name, course]) => `${name} ${courseText(course)}`),
    ...(best ? [`best: ${bestText(best)}`] : []),
    `batches of ${batchSize}`,
    `${epochs} epochs`,
    ...set,
  ].join(', ');
}

const plain = ({ name, summary, paper, defaults, recipes }: ModelDefinition) => ({
  name,
  summary,
  paper,
  defaults,
  recipes,
});
