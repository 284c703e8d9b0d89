import { DataError } from '../data-error.js';

/**
 * Where the text of a file begins: behind the mark of UTF-8 where it has one.
 * @throws DataError for what is no text in UTF-8 by its first bytes, with what to do
 */
export function startOf(bytes: Uint8Array, file: string): number {
  const begins = (...start: number[]) => start.every((byte, i) => bytes[i] === byte);
  const wrong = (found: string, remedy: string) =>
    new DataError(`Cannot read ${file}: found ${found}, expected a table as text in UTF-8; ${remedy}`);
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) throw wrong('UTF-16', 'save it as "CSV UTF-8"');
  if (begins(0x50, 0x4b)) throw wrong('a ZIP archive, or a spreadsheet', 'save its sheet as CSV');
  if (begins(0x1f, 0x8b)) throw wrong('gzip', 'unpack it');
  if (begins(0x50, 0x41, 0x52, 0x31)) throw wrong('Parquet', 'name it .parquet');
  if (bytes.subarray(0, 1000).includes(0)) throw wrong('bytes of 0', 'is it a table at all?');
  return begins(0xef, 0xbb, 0xbf) ? 3 : 0;
}
