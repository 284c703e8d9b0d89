// Trains models and keeps, in runs/<model>-<recipe>/, the figures and numbers that the pages show:
//   AE_DATA_DIR=<folder with MNIST> npm run docs:figures                     every model, recipes default and original
//   npm run docs:figures -- vae conv-ae/original --data digits --epochs 2    only these, on other data, for less long
// Runs are kept in runs/made/, whose folders `npm run pretrain` shares: what is finished is not trained again.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

import { zoo } from '@ae/models';
import { openRun } from '@ae/runs';

import { ae, finishedRun, readRun } from '../../../tools/finished-run.js';
import { coarsenPictures } from './coarsen-pictures.js';
import { keptNumbers } from './kept-numbers.js';

const LONGEST_FIGURE = 150_000;
/** More points of a scatter make its file long and hide each other. */
const POINTS = 4000;

const kept = new URL('../runs/', import.meta.url);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string', default: 'mnist' }, epochs: { type: 'string' } },
});

for (const [model, recipe] of asked()) {
  console.log(`\n${model}, recipe ${recipe}`);
  const folder = finishedRun({
    model,
    recipe,
    data: values.data,
    epochs: values.epochs === undefined ? undefined : Number(values.epochs),
  });
  ae('evaluate', fileURLToPath(folder));
  ae('latent', fileURLToPath(folder), '--count', `${POINTS}`);
  keep(`${model}-${recipe}`, folder, await captionsOf(folder));
}

function asked(): [string, string][] {
  const all = Object.values(zoo).flatMap(({ name, recipes }) =>
    ['default', 'original'].filter((recipe) => recipe in recipes).map((recipe) => `${name}/${recipe}`),
  );
  const wanted = positionals.map((name) => (name.includes('/') ? name : `${name}/default`));
  const unknown = wanted.find((name) => {
    const [model, recipe] = name.split('/') as [string, string];
    return !(model in zoo) || !(recipe in zoo[model as keyof typeof zoo].recipes);
  });
  if (unknown)
    throw new RangeError(
      `Cannot draw ${unknown}: no such model and recipe, expected one of ${all.join(', ')}`,
    );
  return (wanted.length > 0 ? wanted : all).map((name) => name.split('/') as [string, string]);
}

async function captionsOf(folder: URL): Promise<Record<string, string>> {
  const run = await openRun(fileURLToPath(folder));
  try {
    return Object.fromEntries((await run.figures()).map(({ name, caption }) => [name, caption]));
  } finally {
    run.dispose();
  }
}

function keep(id: string, folder: URL, captions: Record<string, string>): void {
  const to = new URL(`${id}/`, kept);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const figures = new URL('figures/', folder);
  for (const file of readdirSync(figures).filter((name) => name.endsWith('.svg') && name !== 'originals.svg'))
    writeFileSync(
      new URL(file, to),
      coarsenPictures(readFileSync(new URL(file, figures), 'utf8'), LONGEST_FIGURE),
    );
  const numbers = { ...keptNumbers(readRun(folder)), captions };
  writeFileSync(new URL('numbers.json', to), `${JSON.stringify(numbers, null, 2)}\n`);
}
