import type { TrainOptions } from './options.js';
import type { DataRecord } from './record/run-record.js';
import { optionText } from './report/model-text.js';

/** The command that repeats a run: what was typed, with the data set and the seed said outright. */
export function commandLine(model: string, typed: TrainOptions, { asked, name }: DataRecord): string {
  const { recipe, options = {}, epochs, batchSize, learningRate, seed = 1 } = typed;
  const words = [
    ...['ae', 'train', model],
    ...option('--data', asked === 'auto' ? name : asked),
    ...option('--validation', typed.validation),
    ...option('--recipe', recipe),
    ...Object.entries(options).flatMap(([key, value]) => option('--set', `${key}=${optionText(value)}`)),
    ...option('--epochs', epochs),
    ...option('--batch-size', batchSize),
    ...option('--learning-rate', learningRate),
    ...option('--seed', seed),
  ];
  return words.map(shellWord).join(' ');
}

const option = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [name, String(value)];

/** A word as a shell takes it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
