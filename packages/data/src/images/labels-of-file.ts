import { DataError } from '../data-error.js';
import type { DataFile, Reading } from '../format.js';
import { guess, textOf } from '../tables/guess.js';
import { readRecords } from '../tables/records.js';

/** A table of labels for pictures is not longer than this. */
const longestTable = 2 ** 28;

/**
 * The labels of pictures from a table with a row for each: in the first column the picture's name, in the second its label, or in the
 * one that is called `label` or `class`. The first line is a row where it has a picture's name. A name is the whole path, or its last
 * part, with or without its ending, where that is one picture's alone. Rows of pictures that are not there are left out, and said.
 * @throws DataError for a picture without a row, or with two that differ, and for a table of one column
 */
export async function labelsOfFile(
  file: DataFile,
  pictures: readonly string[],
  { notice }: Reading,
): Promise<string[]> {
  if (file.size > longestTable)
    throw new DataError(
      `Cannot read ${file.name}: found ${file.size} bytes, expected at most ${longestTable} of labels`,
    );
  const { delimiter, names } = await guess(file, { header: true });
  const titled = names.findIndex((name) => /^(labels?|class(es)?)$/i.test(name));
  const [nameColumn, column] = titled === 0 ? [1, 0] : [0, Math.max(1, titled)];
  if (names.length < 2)
    throw new DataError(
      `Cannot read ${file.name}: found one column, expected the names of pictures and their labels`,
    );
  const placeOf = placesByName(pictures);
  let isHead = titled >= 0 || placeOf(names[nameColumn]!) === undefined;
  const title = isHead ? names[column]! : `${column + 1}`;
  const labels: (string | undefined)[] = pictures.map(() => undefined);
  const strange: string[] = [];
  await readRecords(file, delimiter, (record) => {
    const at = `${file.name}, line ${record.line}`;
    if (record.count !== names.length)
      throw new DataError(
        `Cannot read ${at}: found ${record.count} cells, expected ${names.length} as in the first line`,
      );
    const [name, label] = [cell(nameColumn), cell(column)];
    const place = placeOf(name);
    const isFirst = isHead;
    isHead = false;
    if (isFirst) return;
    if (place === undefined) return void strange.push(name);
    if (label === '')
      throw new DataError(`Cannot read ${at}: found no label of ${name}, expected one in each row`);
    if (labels[place] !== undefined && labels[place] !== label)
      throw new DataError(
        `Cannot read ${at}: found label "${label}" of ${name}, expected "${labels[place]}" as in a row before`,
      );
    labels[place] = label;

    function cell(place: number): string {
      try {
        return textOf(record, place);
      } catch (cause) {
        throw new DataError(`Cannot read ${at}: found bytes that are not UTF-8, expected text; save it so`, {
          cause,
        });
      }
    }
  });
  const lacking = labels.indexOf(undefined);
  if (lacking >= 0)
    throw new DataError(
      `Cannot read ${file.name}: found no row for ${pictures[lacking]}, expected one for each of ${pictures.length} pictures`,
    );
  notice?.(
    `labels from ${file.name}, column "${title}"${strange.length > 0 ? `; left out ${strange.length} rows of pictures that are not there, the first ${strange[0]}` : ''}`,
  );
  return labels as string[];
}

/** Finds a picture by its path, by its last part, or by that without its ending, the first of these that is one's alone. */
function placesByName(pictures: readonly string[]): (name: string) => number | undefined {
  const last = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  const bare = (name: string) => last(name).replace(/\.\w+$/, '');
  const indices = [(name: string) => name, last, bare].map((shorten) => {
    const places = new Map<string, number | undefined>();
    for (const [place, name] of pictures.entries()) {
      const short = shorten(name);
      places.set(short, places.has(short) ? undefined : place);
    }
    return places;
  });
  return (name) => indices.map((places) => places.get(name)).find((place) => place !== undefined);
}
