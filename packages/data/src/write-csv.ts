import type { TableRows } from './rows-of.js';

export interface CsvOptions {
  /** @default ',' */
  delimiter?: ',' | ';' | '\t' | undefined;
}

/** A table as CSV (RFC 4180, lines end with a line feed): missing values as empty cells, numbers with a decimal point. */
export function writeCsv({ columns, rows }: TableRows, { delimiter = ',' }: CsvOptions = {}): string {
  const line = (cells: TableRows['rows'][number]) =>
    `${cells.map((cell) => (typeof cell === 'string' ? quoted(cell, delimiter) : (cell ?? ''))).join(delimiter)}\n`;
  return [columns, ...rows].map(line).join('');
}

/** In quotes where a reader would take it for something else. */
const quoted = (text: string, delimiter: string): string =>
  text === '' || text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
