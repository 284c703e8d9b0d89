import { DataError } from '../data-error.js';

export type PartName = 'all' | 'train' | 'validation' | 'test';

/** Where a picture belongs by the folders that it lies in. */
export interface PlaceOfPicture {
  part: PartName;
  /** The first folder below the part; `undefined` where there is none. */
  folder: string | undefined;
}

/**
 * Where pictures belong, by their names: the top folders `train`, `val` and `test` are parts where there are no others beside them, the
 * first folder below is the class. A folder that holds all the others counts for nothing, as archives have one.
 * @throws DataError where some top folders are called as parts and others are not
 */
export function foldersOfPictures(names: readonly string[]): PlaceOfPicture[] {
  let folders = names.map((name) => name.split('/').slice(0, -1));
  const first = () => folders[0]?.[0];
  const isWrapped = () => folders.every((path) => path.length > 1 && path[0] === first());
  while (folders.length > 0 && isWrapped() && !partOf(first()))
    folders = folders.map((path) => path.slice(1));

  const parts = folders.map(([top]) => partOf(top));
  const [hasTrain, stray] = [parts.includes('train'), parts.indexOf(undefined)];
  if (hasTrain && stray < 0) return folders.map(([, folder], i) => ({ part: parts[i]!, folder }));
  if (hasTrain && parts.some((part) => part === 'validation' || part === 'test'))
    throw new DataError(
      `Cannot read pictures: found ${names[stray]} beside the folders of train and test, expected no others there; move it away`,
    );
  return folders.map(([folder]) => ({ part: 'all', folder })); // `train` among others may be a class
}

function partOf(folder: string | undefined): PartName | undefined {
  if (folder === undefined) return undefined;
  const known = partNames.find(([pattern]) => pattern.test(folder));
  return known?.[1];
}

const partNames: readonly (readonly [RegExp, PartName])[] = [
  [/^train(ing)?$/i, 'train'],
  [/^(val(id|idation)?|dev)$/i, 'validation'],
  [/^test(ing)?$/i, 'test'],
];
