import { DataError } from '../data-error.js';
import type { Examples } from '../examples.js';
import type { DataFile, Reading, ReadOptions } from '../format.js';
import { labelsOfFile } from './labels-of-file.js';
import { listed } from './listed.js';

export interface PictureLabels {
  /** One a picture; nothing where there are none. */
  of: (string | undefined)[];
  /** The file that they are from. */
  file?: string;
}

/** A picture and the first folder that it lies in, below its part. */
interface FoundPicture {
  file: DataFile;
  folder: string | undefined;
}

/**
 * The labels of pictures: their folders, where all lie in one, or what a table among the files says.
 * @throws DataError where labels are asked for that are not there
 */
export async function labelsOfPictures(
  pictures: readonly FoundPicture[],
  files: readonly DataFile[],
  label: ReadOptions['label'],
  reading: Reading,
): Promise<PictureLabels> {
  const none = pictures.map(() => undefined);
  if (label === 'none') return { of: none };
  if (label !== undefined && label !== 'folders') {
    const file = files.find(({ name }) => name === label || name.endsWith(`/${label}`));
    if (!file) throw noFile(label, files);
    const names = pictures.map((picture) => picture.file.name);
    return { of: await labelsOfFile(file, names, reading), file: file.name };
  }
  const bare = pictures.filter(({ folder }) => folder === undefined);
  if (bare.length === 0) {
    const classes = [...new Set(pictures.map(({ folder }) => folder!))].sort();
    reading.notice?.(
      `labels by folder: ${classes.slice(0, 10).join(', ')}${classes.length > 10 ? `, … (${classes.length})` : ''}`,
    );
    return { of: pictures.map(({ folder }) => folder) };
  }
  const shown = listed(bare.map(({ file }) => file));
  if (label === 'folders')
    throw new DataError(
      `Cannot read labels: found ${shown} in no sub-folder, expected all in one that is its class; move them, or say label none`,
    );
  if (bare.length < pictures.length) reading.notice?.(`no labels: ${shown} in no sub-folder, others in some`);
  return { of: none };
}

/** Places among the classes, which are in the order of code units. */
export function labelled(labels: readonly (string | undefined)[]): Pick<Examples, 'labels' | 'classes'> {
  if (labels.length === 0 || labels.includes(undefined)) return {};
  const classes = [...new Set(labels as string[])].sort();
  if (classes.length > 2 ** 16)
    throw new DataError(`Cannot read labels: found ${classes.length} classes, expected at most ${2 ** 16}`);
  const places = new Map(classes.map((name, place) => [name, place]));
  const found = labels.map((name) => places.get(name!)!);
  return { labels: classes.length > 256 ? Uint16Array.from(found) : Uint8Array.from(found), classes };
}

function noFile(label: string, files: readonly DataFile[]): DataError {
  const tables = files.filter(({ name }) => /\.(csv|tsv)$/i.test(name));
  return new DataError(
    `Cannot read labels: found no file ${label}, expected folders, none, or a table among the pictures: ${tables.length > 0 ? listed(tables) : 'there is none'}`,
  );
}
