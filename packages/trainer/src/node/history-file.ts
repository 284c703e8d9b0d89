import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

import type { HistoryRow } from '../callback.js';
import { checked } from '../checked.js';
import { historyRowSchema } from '../training-state-schema.js';
import { readRegularFile } from './read-file.js';

/** The history of a run folder: one row an epoch, as JSON. */
export const HISTORY_FILE = 'history.jsonl';

/** A row's line; a number that is not finite is null, and the last one, `crc32`, is the checksum of what stands before it. */
export function historyLine(row: HistoryRow): string {
  const text = JSON.stringify(row).slice(0, -1);
  return `${text},"crc32":${crc32(text)}}\n`;
}

/**
 * The rows of a run folder's history, none where there is no history yet.
 * @throws RangeError naming the line that is no row, or not as it was written
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
  const [, text, sum] = /^(\{.*),"crc32":(\d+)\}$/.exec(line) ?? [];
  if (text === undefined || Number(sum) !== crc32(text))
    throw new RangeError(`Cannot read ${what}: it is damaged, expected what its checksum says`);
  const values = JSON.parse(`${text}}`) as Record<string, number | null>;
  const row = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? NaN]));
  const read = checked(historyRowSchema, row, what) as HistoryRow;
  if (read.epoch !== epoch)
    throw new RangeError(`Cannot read ${what}: epoch is ${read.epoch}, expected ${epoch}`);
  return read;
}
