import { DataError } from '../data-error.js';
import type { DataFile } from '../format.js';
import { decodeLeniently, decodeUtf8 } from '../utf8.js';
import { isMissing, numberOf } from './cells.js';
import { emptyRecord, readBlock, type Record } from './records.js';
import { startOf } from './start-of.js';

/** What the first lines of a file say of the others. */
export interface Guess {
  /** As a byte. */
  delimiter: number;
  hasHeader: boolean;
  /** Of the columns: what the header says, otherwise `column 1`, `column 2`, … */
  names: string[];
  /** Whether the first column has no name beside others that have: an index, as pandas and R write it. */
  hasIndex: boolean;
  /** For each column, which share of the cells that were looked at are no numbers. */
  textShares: number[];
}

/** The text of a cell. @throws TypeError where it is not UTF-8 */
export function textOf({ bytes, starts, ends, quotes }: Record, place: number): string {
  const cell = bytes.subarray(starts[place], ends[place]);
  const text =
    cell.length < 32 && cell.every((byte) => byte < 128) ? String.fromCharCode(...cell) : decodeUtf8(cell);
  return quotes[place] === 2 ? text.replaceAll('""', '"') : text;
}

/**
 * Which of comma, semicolon and tab separates the columns, and whether the first line names them: it does where none of its cells is a
 * number and one stands above numbers, or none is empty but the first, above which pandas writes its index; and where they count the
 * columns from 0, as pandas calls those that have no names.
 * @param expected names that a header has, where they are known
 * @throws DataError for a file without a line
 */
export async function guess(
  file: DataFile,
  { header, expected }: { header?: boolean | undefined; expected?: readonly string[] | undefined },
): Promise<Guess> {
  const start = await firstBytes(file);
  const wantsTab = /\.tsv$/i.test(file.name);
  const rowsBy = new Map(
    (wantsTab ? ['\t'] : ['\t', ';', ',']).map((by) => [by, rowsOf(start, by, file.name)] as const),
  );
  const delimiter =
    [...rowsBy].find(([, rows]) => rows.length > 0 && rows[0]!.length > 1 && isEven(rows))?.[0] ??
    widest(rowsBy);
  const rows = rowsBy.get(delimiter)!;
  const [first] = rows;
  if (!first) throw new DataError(`Cannot read ${file.name}: found no whole line, expected a table`);
  const hasHeader =
    header ?? ((expected !== undefined && expected.every((name) => first.includes(name))) || isHeader(rows));
  const cells = hasHeader ? rows.slice(1) : rows;
  return {
    ...{ delimiter: delimiter.charCodeAt(0), hasHeader },
    hasIndex: hasHeader && first[0] === '' && first.length > 1,
    names: first.map((name, i) => (hasHeader && name !== '' ? name : `column ${i + 1}`)),
    textShares: first.map((_, i) => cells.filter((row) => isText(row[i] ?? '')).length / cells.length || 0),
  };
}

const isNumber = (cell = '') => !Number.isNaN(numberOf(cell));
const isText = (cell: string) => !isMissing(cell) && !isNumber(cell);

function isHeader([first, ...others]: readonly string[][]): boolean {
  if (first!.length > 1 && withoutIndex(first!).every((name, i) => name === `${i}`)) return true;
  if (!first!.some(isText) || first!.some(isNumber)) return false;
  const isName = (cell: string, column: number) =>
    isText(cell) &&
    others.some((row) => isNumber(row[column])) &&
    !others.some((row) => isText(row[column] ?? ''));
  return first!.some(isName) || withoutIndex(first!).every((cell) => cell !== '');
}

const withoutIndex = (cells: readonly string[]) => (cells[0] === '' ? cells.slice(1) : cells);

const isEven = (rows: readonly string[][]) => rows.every(({ length }) => length === rows[0]!.length);

/** Where lines differ, the delimiter that most of them have. */
const widest = (rowsBy: ReadonlyMap<string, string[][]>) =>
  [...rowsBy]
    .map(([by, rows]) => ({ by, many: rows.filter((row) => row.length > 1).length }))
    .reduce((best, each) => (each.many >= best.many ? each : best)).by;

interface Start {
  bytes: Uint8Array;
  isLast: boolean;
}

/** Some whole lines, or the file. */
async function firstBytes(file: DataFile): Promise<Start> {
  for (let length = 2 ** 18; ; length *= 4) {
    const bytes = await file.read(0, Math.min(file.size, length));
    const isLast = bytes.length >= file.size;
    if (isLast || length >= 2 ** 26 || bytes.includes(10) || bytes.includes(13))
      return { bytes: bytes.subarray(startOf(bytes, file.name)), isLast };
  }
}

/** Up to 1,000 lines by this delimiter; what is wrong with them is said when they are read by the one that was chosen. */
function rowsOf({ bytes, isLast }: Start, delimiter: string, file: string): string[][] {
  const rows: string[][] = [];
  const block = new Uint8Array(bytes.length + 1);
  block.set(bytes);
  const visit = (record: Record) => {
    if (rows.length < 1000)
      rows.push(Array.from({ length: record.count }, (_, i) => lenientTextOf(record, i)));
  };
  try {
    readBlock(block, { record: emptyRecord(), delimiter: delimiter.charCodeAt(0), visit, isLast, file });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
  return rows;
}

function lenientTextOf(record: Record, place: number): string {
  try {
    return textOf(record, place);
  } catch {
    return decodeLeniently(record.bytes.subarray(record.starts[place], record.ends[place]));
  }
}
