import { DataError } from '../data-error.js';
import type { Examples } from '../examples.js';
import type { DataFile, Reading, ReadOptions } from '../format.js';
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
 * The labels of pictures: their folders, where all lie in one.
 * @throws DataError where labels are asked for that are not there
 */
export async function labelsOfPictures(
  pictures: readonly FoundPicture[],
  label: ReadOptions['label'],
  { notice }: Reading,
): Promise<PictureLabels> {
  const none = pictures.map(() => undefined);
  if (label === 'none') return { of: none };
  if (label !== undefined && label !== 'folders')
    throw new DataError(`Cannot read labels: found label ${label}, expected folders or none`);
  const bare = pictures.filter(({ folder }) => folder === undefined);
  if (bare.length === 0) {
    const classes = [...new Set(pictures.map(({ folder }) => folder!))].sort();
    notice?.(
      `labels by folder: ${classes.slice(0, 10).join(', ')}${classes.length > 10 ? `, … (${classes.length})` : ''}`,
    );
    return { of: pictures.map(({ folder }) => folder) };
  }
  const shown = listed(bare.map(({ file }) => file));
  if (label === 'folders')
    throw new DataError(
      `Cannot read labels: found ${shown} in no sub-folder, expected all in one that is its class; move them, or say label none`,
    );
  if (bare.length < pictures.length) notice?.(`no labels: ${shown} in no sub-folder, others in some`);
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
