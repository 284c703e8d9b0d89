import type { ModelDefinition, Recipe } from '@ae/models';
import { bestText, citation, courseText, optionText } from '@ae/runs/text';

import { bold, dim } from './output.js';

/** A model for a terminal: what it is, its paper, its options and its recipes. */
export function modelText({
  name,
  summary,
  paper,
  defaults,
  recipes,
}: Omit<ModelDefinition, 'build'>): string {
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
