import { UsageError } from '@ae/runs/text';
import type { Command } from 'commander';

import { oneOf, positiveNumber, share, wholeNumber } from './number-option.js';

/** Adds how files of one's own are read; see `OwnDataOptions` of `@ae/runs`. */
export const withReading = (made: Command): Command =>
  made
    .optionsGroup('How files are read:')
    .option('--format <name>', 'their format (default: told by their names)')
    .option('--size <pixels>', 'pictures: side, or height x width such as 32x48', size)
    .option('--channels <n>', 'pictures: 1 for grey, 3 for colour', channels)
    .option(
      '--fit <how>',
      'pictures: cover cuts them to the size, contain shrinks them into it',
      oneOf('--fit', ['cover', 'contain']),
    )
    .option(
      '--label <name>',
      'where labels are: a column, an array, a CSV file; for pictures also folders or none',
    )
    .option(
      '--normal <classes>',
      'the classes that belong, a,b: only they are trained on, and the test has the others too',
      (text: string) => text.split(','),
    )
    .option('--columns <names>', 'tables: the columns to take, a,b,c', (text: string) => text.split(','))
    .option('--key <column>', 'tables: the column that names the rows')
    .option(
      '--missing <how>',
      'tables: what becomes of rows that lack a value: error, drop or keep',
      oneOf('--missing', ['error', 'drop', 'keep']),
    )
    .option('--skip-broken', 'leave out broken files or rows, and count them')
    .option(
      '--scale <how>',
      'none, standardise, min-max or robust',
      oneOf('--scale', ['none', 'standardise', 'min-max', 'robust']),
    )
    .option('--window <rows>', 'series: rows in an example', wholeNumber('--window', { min: 1 }))
    .option(
      '--stride <rows>',
      'series: rows from one window to the next',
      wholeNumber('--stride', { min: 1 }),
    )
    .option('--test <share>', 'kept for the test, such as 0.1', share('--test'))
    .optionsGroup('Options:');

function size(text: string): number | [number, number] {
  const [height, width, ...more] = text.split('x').map((side) => (/^\d+$/.test(side) ? Number(side) : 0));
  if (height && more.length === 0 && width !== 0) return width === undefined ? height : [height, width];
  throw new UsageError(
    `Cannot use --size ${text}: expected pixels such as 32, or height x width such as 32x48`,
  );
}

function channels(text: string): 1 | 3 {
  const value = positiveNumber('--channels')(text);
  if (value === 1 || value === 3) return value;
  throw new UsageError(`Cannot use --channels ${text}: expected 1 for grey or 3 for colour`);
}
