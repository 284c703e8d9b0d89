import type { HistoryRow } from './history.js';

/** @throws TypeError where the row lacks the column, naming those it has */
export function columnOf(row: HistoryRow, column: string, callback: string): number {
  const value = row[column];
  if (value === undefined)
    throw new TypeError(
      `Cannot use ${callback}: found no column "${column}", expected one of ${Object.keys(row).join(', ')}`,
    );
  return value;
}
