import type { TrainOptions } from './options.js';
import { ownOptionsIn } from './prepare/own-files.js';
import type { DataRecord } from './record/run-record.js';
import { optionText } from './report/model-text.js';

/** The command that repeats a run: what was typed, with the data set and the seed said outright. */
export function commandLine(
  model: string,
  typed: TrainOptions,
  { asked, name, given, normal }: DataRecord,
): string {
  if (given) return call(model, typed, name);
  const { recipe, options = {}, epochs, batchSize, learningRate, seed = 1 } = typed;
  const words = [
    ...['ae', 'train', model],
    ...option('--data', asked === 'auto' ? name : asked),
    ...option('--validation', typed.validation),
    ...option('--normal', normal?.join(',')),
    ...Object.entries(ownOptionsIn(typed)).flatMap(([name, value]) => ownOption(name, value)),
    ...option('--recipe', recipe),
    ...Object.entries(options).flatMap(([key, value]) => option('--set', `${key}=${optionText(value)}`)),
    ...option('--epochs', epochs),
    ...option('--batch-size', batchSize),
    ...option('--learning-rate', learningRate),
    ...option('--seed', seed),
  ];
  return words.map(shellWord).join(' ');
}

/** No command has data that were given in memory. */
function call(model: string, typed: TrainOptions, name: string): string {
  const { recipe, options, epochs, batchSize, learningRate, seed = 1 } = typed;
  const asked = { model, recipe, options, epochs, batchSize, learningRate, seed };
  return `trainRun(${JSON.stringify(asked).slice(0, -1)}, data}), where data is the data set "${name}"`;
}

/** An option as words, or none where it is not there. */
export const option = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [name, String(value)];

/** `skipBroken: true` as `--skip-broken`, `columns: ['a', 'b']` as `--columns a,b`. */
function ownOption(name: string, value: unknown): string[] {
  const typed = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return value === true ? [typed] : value === false ? [] : [typed, String(value)];
}

/** A word as a shell takes it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
