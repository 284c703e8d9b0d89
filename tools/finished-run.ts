import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const workspace = new URL('../', import.meta.url);

/** What a run is to be; the recipe's epochs where none are given. */
export interface RunWanted {
  model: string;
  recipe: string;
  /** As `ae train --data` takes it. */
  data: string;
  epochs?: number | undefined;
}

/**
 * Trains with seed 1 into a folder below `runs/`, which is not kept; gives its URL. A run that was stopped goes on,
 * one that is finished is not trained again, so delete the folder when a recipe has changed.
 */
export function finishedRun({ model, recipe, data, epochs }: RunWanted): URL {
  const folder = `runs/made/${model}-${recipe}-${data}${epochs === undefined ? '' : `-${epochs}-epochs`}`;
  const url = new URL(`${folder}/`, workspace);
  const isBegun = existsSync(new URL('run.json', url));
  const options = ['--recipe', recipe, '--data', data, '--seed', '1', '--out', folder];
  if (epochs !== undefined) options.push('--epochs', String(epochs));
  if (!isBegun) ae('train', model, ...options);
  else if (readRun(url).status !== 'finished') ae('train', '--out', folder, '--resume');
  return url;
}

/** The record of a run. */
export const readRun = (folder: URL) => JSON.parse(readFileSync(new URL('run.json', folder), 'utf8'));

/** Runs the program from its sources, in the workspace's root. */
export function ae(...words: string[]): void {
  const { status } = spawnSync('npm', ['run', '--silent', 'ae', '--', ...words], {
    cwd: fileURLToPath(workspace),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`\`ae ${words.join(' ')}\` ended with exit code ${status}`);
}
