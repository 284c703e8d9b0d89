import { fileOfBytes, readData, rowsOf, type Examples, type ReadDataOptions } from '../src/index.js';

export const bytesOf = (text: string) => new TextEncoder().encode(text);
export const fileOf = (text: string, name = 't.csv') => fileOfBytes(name, bytesOf(text));

/** What is read of one table, and what is said. */
export async function read(text: string | Uint8Array, options: ReadDataOptions = {}, name = 't.csv') {
  const notices: string[] = [];
  const file = typeof text === 'string' ? fileOf(text, name) : fileOfBytes(name, text);
  const parts = await readData(name, [file], options, { notice: (notice) => notices.push(notice) });
  const { all, skipped } = parts as unknown as { all: Examples; skipped?: string[] };
  return { all, skipped, notices, rows: rowsOf(all) };
}
