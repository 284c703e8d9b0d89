import type { DataFile } from '../format.js';

/** The first names of some files, and how many there are, as a part of a sentence. */
export const listed = (files: readonly DataFile[]): string =>
  files
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ') + (files.length > 3 ? `, … (${files.length})` : '');
