// Trains models and keeps, in runs/<model>-<recipe>/, the figures and numbers that the pages show:
//   AE_DATA_DIR=<folder with MNIST> npm run docs:figures                     every model, recipes default and original
//   npm run docs:figures -- vae conv-ae/original --data digits --epochs 2    only these, on other data, for less long
// A run that was stopped goes on when the same is asked again; one that is finished is not trained again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

import { zoo } from '@ae/models';

import { coarsenPictures } from './coarsen-pictures.js';
import { keptNumbers } from './kept-numbers.js';

const SEED = 1;
const LONGEST_FIGURE = 150_000;
/** More points of a scatter make its file long and hide each other. */
const POINTS = 4000;

const workspace = new URL('../../../', import.meta.url);
const kept = new URL('../runs/', import.meta.url);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string', default: 'mnist' }, epochs: { type: 'string' } },
});

for (const [model, recipe] of asked()) {
  console.log(`\n${model}, recipe ${recipe}`);
  keep(model, recipe, train(model, recipe));
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

/** Trains into a folder that is not kept; gives its path. */
function train(model: string, recipe: string): string {
  const length = values.epochs === undefined ? '' : `-${values.epochs}-epochs`;
  const folder = `runs/docs/${model}-${recipe}-${values.data}${length}`;
  const isBegun = existsSync(new URL(`${folder}/run.json`, workspace));
  const isFinished = isBegun && readRun(folder).status === 'finished';
  const options = ['--recipe', recipe, '--data', values.data, '--seed', `${SEED}`, '--out', folder];
  if (values.epochs !== undefined) options.push('--epochs', values.epochs);
  if (!isFinished) ae('train', ...(isBegun ? ['--out', folder, '--resume'] : [model, ...options]));
  ae('evaluate', folder);
  ae('latent', folder, '--count', `${POINTS}`);
  return folder;
}

function keep(model: string, recipe: string, folder: string): void {
  const to = new URL(`${model}-${recipe}/`, kept);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const figures = new URL(`${folder}/figures/`, workspace);
  for (const file of readdirSync(figures).filter((name) => name.endsWith('.svg') && name !== 'originals.svg'))
    writeFileSync(
      new URL(file, to),
      coarsenPictures(readFileSync(new URL(file, figures), 'utf8'), LONGEST_FIGURE),
    );
  writeFileSync(new URL('numbers.json', to), `${JSON.stringify(keptNumbers(readRun(folder)), null, 2)}\n`);
}

function readRun(folder: string) {
  return JSON.parse(readFileSync(new URL(`${folder}/run.json`, workspace), 'utf8'));
}

function ae(...words: string[]): void {
  const { status } = spawnSync('npm', ['run', '--silent', 'ae', '--', ...words], {
    cwd: fileURLToPath(workspace),
    stdio: 'inherit',
  });
  if (status !== 0)
    throw new Error(`Cannot make the figures: \`ae ${words.join(' ')}\` ended with exit code ${status}`);
}
