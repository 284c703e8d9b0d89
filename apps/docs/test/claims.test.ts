import { readFileSync, readdirSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import type { KeptNumbers } from '../tools/kept-numbers.js';
import { pages } from '../tools/pages.js';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const runs = new Map(
  readdirSync(new URL('../runs/', import.meta.url)).map((id) => [
    id,
    JSON.parse(read(`apps/docs/runs/${id}/numbers.json`)) as KeptNumbers,
  ]),
);
/** What stands outside of code. */
const proseOf = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`]*`/g, '');

/** For each base model, how many times as fast as PyTorch the faster native run of a recipe is. */
function lead(recipe: string): number[] {
  const best = new Map<string, number>();
  for (const line of read('BENCHMARKS.md').matchAll(
    /^\| (\S+) +\| (\S+) +\| +\d+ \| native +\|.*?([\d.]+)x/gm,
  ))
    if (line[2] === recipe) best.set(line[1]!, Math.max(best.get(line[1]!) ?? 0, Number(line[3])));
  return [...best.values()].sort((a, b) => a - b);
}

describe('what the pages claim in numbers', () => {
  test('the README says of which recipes and batches its speeds are, as BENCHMARKS.md has them', () => {
    const readme = read('README.md').replaceAll(/\s+/g, ' ');
    const [original, ours] = [lead('original'), lead('default')];
    expect(original).toHaveLength(4);
    expect(readme).toContain(
      `${original[0]!.toFixed(1)} to ${original.at(-1)!.toFixed(1)} times as fast as in PyTorch with the recipe \`original\` in batches of 50, and ${ours[0]!.toFixed(1)} to ${ours.at(-1)!.toFixed(1)} times with \`default\` in batches of 128`,
    );
  });

  test('the error of a code of two dimensions is that of the kept run', () => {
    const { metrics, pca } = runs.get('conv-ae-default')!;
    expect(read('README.md').replaceAll(/\s+/g, ' ')).toContain(
      `mean squared error of ${metrics.test.mse!.toFixed(3)} on MNIST's test images, where a PCA of equal size has ${pca.mse.toFixed(3)}`,
    );
  });

  test.each([...runs.keys()])("the table of @ae/models has the numbers of %s's run", (id) => {
    const { model, recipe, metrics, pca, epochs } = runs.get(id)!;
    const row = new RegExp(`^\\| \`${model}\` +\\| \`${recipe}\` +\\|(.*)$`, 'm').exec(
      read('packages/models/README.md'),
    )![1]!;
    const cells = row.split('|').map((cell) => cell.trim());
    expect(cells.slice(0, 2)).toEqual([String(pca.components), String(epochs)]);
    expect(cells[3]).toContain(metrics.test.loss!.toFixed(2));
    expect(cells.slice(4, 6)).toEqual([metrics.test.mse!.toFixed(4), pca.mse.toFixed(4)]);
  });

  test('no sentence repeats an error or a loss of a kept run: it is shown by <RunNumber>', () => {
    const kept = [...runs.values()].flatMap(({ metrics, pca }) => [
      metrics.test.mse!.toFixed(4),
      pca.mse.toFixed(4),
      metrics.test.loss!.toFixed(1),
    ]);
    const sentences = pages().flatMap(({ path, text }) =>
      proseOf(text)
        .split('\n')
        .filter((line) => !line.startsWith('|'))
        .map((line) => ({ path, line })),
    );
    expect(sentences.length).toBeGreaterThan(300);
    const typed = sentences.filter(({ line }) =>
      line.split(/[^\d.]+/).some((word) => kept.includes(word.replace(/\.$/, ''))),
    );
    expect(typed).toEqual([]);
  });

  test('the seeds of a dead code: those that are kept have the errors that the table says', () => {
    const [, seeds] = /^\| test MSE +\|(.*)\|$/m.exec(read('apps/docs/origin.md'))!;
    expect(seeds!.split('|')[0]!.trim()).toBe(runs.get('ae-original')!.metrics.test.mse!.toFixed(4));
  });
});
