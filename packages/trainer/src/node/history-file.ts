import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { HistoryRow } from '../history.js';
import { checked } from '../checked.js';
import { historyRowSchema } from '../training-state-schema.js';
import { readRegularFile } from './read-file.js';

/** The history of a run folder: one row an epoch, as JSON. */
export const HISTORY_FILE = 'history.jsonl';

/** A row's line; a number that is not finite is null. */
export const historyLine = (row: HistoryRow): string => `${JSON.stringify(row)}\n`;

/**
 * The rows of a run folder's history, none where there is no history yet.
 * @throws RangeError naming the line that is no row of numbers, or not that of the next epoch
 * @throws DiskError where the file cannot be read
 */
export async function readHistory(folder: string): Promise<HistoryRow[]> {
  const file = join(folder, HISTORY_FILE);
  if (!existsSync(file)) return [];
  const lines = (await readRegularFile(file)).toString('utf8').split('\n');
  if (lines.pop() !== '')
    throw new RangeError(`Cannot read ${file}: its end is cut off, expected whole lines`);
  return lines.map((line, i) => readRow(line, i + 1, `line ${i + 1} of ${file}`));
}

function readRow(line: string, epoch: number, what: string): HistoryRow {
  let values: unknown;
  try {
    values = JSON.parse(line, (_key, value: unknown) => value ?? NaN);
  } catch (cause) {
    throw new RangeError(`Cannot read ${what}: it is no JSON, expected a row of numbers`, { cause });
  }
  const row = checked(historyRowSchema, values, what) as HistoryRow;
  if (row.epoch !== epoch)
    throw new RangeError(`Cannot read ${what}: epoch is ${row.epoch}, expected ${epoch}`);
  return row;
}
