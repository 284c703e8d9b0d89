import { DataError } from '../data-error.js';
import type { DataFile } from '../format.js';
import { startOf } from './start-of.js';

/** A line of a table as bytes, cut into cells: what is between the quotes of one that has them, otherwise without spaces around it. */
export interface Record {
  bytes: Uint8Array;
  /** How many cells there are; the arrays may be longer. */
  count: number;
  starts: Int32Array;
  ends: Int32Array;
  /** 1 for a cell in quotes, 2 where a doubled quote in it stands for one. */
  quotes: Uint8Array;
  /** In which line of the file it begins, counted from 1, and over how many it goes. */
  line: number;
  lines: number;
  /** Where the character is that ends it. */
  end: number;
}

/**
 * Reads a file of cells with delimiters (RFC 4180; quotes within an unquoted cell are what they are) a block at a time. Blank lines are
 * none. The record that is visited is the same object each time.
 * @throws DataError for a quote that does not end, text after one that does, and a line of more than 64 MiB
 */
export async function readRecords(
  file: DataFile,
  delimiter: number,
  visit: (record: Record) => void,
  onBlock: (done: number) => void = () => {},
): Promise<void> {
  const record = emptyRecord();
  let rest: Uint8Array = new Uint8Array();
  let done = 0;
  do {
    const chunk = await file.read(done, Math.min(file.size, done + Math.max(blockSize, rest.length)));
    if (chunk.length === 0 && done < file.size)
      throw new DataError(`Cannot read ${file.name}: it ends after ${done} bytes, expected ${file.size}`);
    const from = done === 0 ? startOf(chunk, file.name) : 0;
    done += chunk.length;
    const block = new Uint8Array(rest.length + chunk.length - from + 1);
    block.set(rest);
    block.set(chunk.subarray(from), rest.length);
    const end = readBlock(block, { record, delimiter, visit, isLast: done >= file.size, file: file.name });
    rest = block.subarray(end, -1);
    if (rest.length > longest)
      throw new DataError(
        `Cannot read ${file.name}: found no end of the line that begins in line ${record.line} within 64 MiB, expected shorter ones; is a quote not closed?`,
      );
    onBlock(done);
  } while (done < file.size);
}

const blockSize = 2 ** 20;
const longest = 2 ** 26;

interface BlockOptions {
  record: Record;
  delimiter: number;
  visit(record: Record): void;
  isLast: boolean;
  file: string;
}

/** Visits the records that are whole within the block, which a line feed ends; gives where the next one begins. */
export function readBlock(
  block: Uint8Array,
  { record, delimiter, visit, isLast, file }: BlockOptions,
): number {
  const length = block.length - 1;
  block[length] = lineFeed;
  record.bytes = block;
  let from = 0;
  while (from < length) {
    cut(record, from, delimiter, length);
    if ((record.end >= length || record.end === unclosed) && !isLast) return from;
    if (record.end < 0)
      throw new DataError(
        `Cannot read ${file}: found ${record.end === unclosed ? 'a quote that is not closed' : 'text after a closing quote'} in line ${record.line}, expected cells that are quoted as a whole, and "" for a quote in them`,
      );
    if (block[record.end] === carriageReturn) {
      if (record.end + 1 >= length && !isLast) return from;
      if (block[record.end + 1] === lineFeed) record.end++;
    }
    from = Math.min(record.end + 1, length);
    const isBlank = record.count === 1 && record.starts[0] === record.ends[0] && record.quotes[0] === 0;
    if (!isBlank) visit(record);
    record.line += record.lines;
  }
  return from;
}

export const emptyRecord = (): Record => ({
  ...{ bytes: new Uint8Array(), count: 0, line: 1, lines: 0, end: 0 },
  ...{ starts: new Int32Array(64), ends: new Int32Array(64), quotes: new Uint8Array(64) },
});

const [lineFeed, carriageReturn, space, tab, quote] = [10, 13, 32, 9, 34];
const [unclosed, afterQuote] = [-1, -2];

/** Cuts one record into cells; the byte at `length` is a line feed. `end` is `length` where the record may go on beyond it, below 0
 * where it is wrong. */
function cut(record: Record, from: number, delimiter: number, length: number): void {
  const { bytes } = record;
  record.count = 0;
  record.lines = 1;
  let at = from;
  for (;;) {
    while (bytes[at] === space || (bytes[at] === tab && delimiter !== tab)) at++;
    let start = at;
    let quotes = 0;
    let end: number;
    if (bytes[at] === quote) {
      start = ++at;
      quotes = 1;
      for (; ; at++) {
        const byte = bytes[at];
        if (byte === quote) {
          if (bytes[at + 1] !== quote) break;
          quotes = 2;
          at++;
        } else if (byte === lineFeed) {
          if (at >= length) {
            record.end = unclosed;
            return;
          }
          record.lines++;
        }
      }
      end = at++;
      while (bytes[at] === space) at++;
    } else {
      let byte = bytes[at]!;
      while (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) byte = bytes[++at]!;
      end = at;
      while (end > start && (bytes[end - 1] === space || bytes[end - 1] === tab)) end--;
    }
    if (record.count === record.starts.length) widen(record);
    record.starts[record.count] = start;
    record.ends[record.count] = end;
    record.quotes[record.count++] = quotes;
    const byte = bytes[at];
    if (byte === delimiter) at++;
    else {
      record.end = byte === lineFeed || byte === carriageReturn ? at : afterQuote;
      return;
    }
  }
}

function widen(record: Record): void {
  const length = record.starts.length * 2;
  for (const name of ['starts', 'ends'] as const) {
    const wider = new Int32Array(length);
    wider.set(record[name]);
    record[name] = wider;
  }
  const wider = new Uint8Array(length);
  wider.set(record.quotes);
  record.quotes = wider;
}
