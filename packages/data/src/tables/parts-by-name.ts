import { DataError } from '../data-error.js';

type Part = 'train' | 'validation' | 'test' | 'all';

/**
 * Files by the parts of a data set that their names say, `train.csv`, `data/test-00000-of-00002.parquet`, `val.csv`; all in one where none
 * is to train on.
 * @throws DataError for a file whose name says none beside others that do
 */
export function partsOfFiles<File extends { name: string }>(files: readonly File[]): Map<Part, File[]> {
  const parted = files.length > 1 && files.some(({ name }) => partByName(name) === 'train');
  const parts = new Map<Part, File[]>();
  for (const file of files) {
    const part = parted ? partByName(file.name) : 'all';
    if (parted && part === 'all')
      throw new DataError(
        `Cannot read ${file.name}: found no part in its name beside others that have one, expected train, validation or test`,
      );
    parts.set(part, [...(parts.get(part) ?? []), file]);
  }
  return parts;
}

function partByName(name: string): Part {
  const [, found] = /(?:^|[/_.-])(train|training|validation|valid|val|dev|test)(?=[/_.-])/i.exec(name) ?? [];
  const word = found?.toLowerCase();
  if (word === undefined) return 'all';
  if (word === 'test') return 'test';
  return word.startsWith('train') ? 'train' : 'validation';
}
