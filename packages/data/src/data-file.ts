import type { DataFile } from './format.js';

/** The part of a page's `File` that is needed. */
export interface PageFile {
  readonly name: string;
  /** Its path where a folder was chosen. */
  readonly webkitRelativePath?: string;
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Bytes in memory as a file. They are not copied. */
export const fileOfBytes = (name: string, bytes: Uint8Array): DataFile => ({
  name,
  size: bytes.length,
  read: (from = 0, to = bytes.length) => Promise.resolve(bytes.subarray(from, to)),
});

/** What a person chose in a page, or dropped on it. */
export const fileOfPage = (file: PageFile): DataFile => ({
  name: file.webkitRelativePath || file.name,
  size: file.size,
  read: async (from = 0, to = file.size) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
});
