import { DataError } from '../data-error.js';
import { widthOf, type Examples, type Field } from '../examples.js';
import { categoriesOf } from './categories.js';
import type { Columns } from './columns.js';
import type { Rows } from './rows.js';

/**
 * Examples of the rows of each part: numbers as they are, of texts a 1 at the place of the category and 0 at the others', NaN at all of
 * them where the value is missing.
 * @throws DataError for a part without rows, and columns whose texts are no categories
 */
export function examplesOfTable(
  columns: Columns,
  parts: ReadonlyMap<string, Rows>,
  { name, missing }: { name: string; missing: boolean },
): Map<string, Examples> {
  const { taken, label } = columns;
  const count = [...parts.values()].reduce((sum, rows) => sum + rows.count + rows.dropped, 0);
  const fields = taken.map((column): Field => {
    if (column.kind === 'number') return { name: column.name, kind: 'number' };
    return { name: column.name, kind: 'category', categories: categoriesOf(column, count, name) };
  });
  const places = taken.map((column, i) => orderOf(column.texts, fields[i]!));
  const classes = label && (label.known ? [...label.texts.keys()] : [...label.texts.keys()].sort());
  const labelPlaces = label && orderOf(label.texts, { name: '', kind: 'category', categories: classes! });
  if (classes && classes.length > 65_536)
    throw new DataError(
      `Cannot read ${name}: found ${classes.length} classes in column "${label!.name}", expected 65,536 at most; is it a label?`,
    );

  return new Map(
    [...parts].map(([part, rows]) => {
      if (rows.count === 0)
        throw new DataError(
          `Cannot read ${name}: found no rows${part === 'all' ? '' : ` for ${part}`}${rows.dropped ? ` without missing values, of ${rows.dropped}` : ''}, expected at least one`,
        );
      const values = spread(rows, fields, places);
      if (missing) checkColumns(values, fields, name);
      const examples: Examples = {
        ...{ values, shape: [widthOf(fields)], count: rows.count, fields },
        ...(classes && { labels: labelsOf(rows.labels, labelPlaces!), classes }),
        ...(columns.key !== undefined && { names: rows.names }),
      };
      return [part, examples];
    }),
  );
}

function labelsOf(found: readonly number[], places: readonly number[]): Uint8Array | Uint16Array {
  const labels = found.map((place) => places[place]!);
  return places.length > 256 ? Uint16Array.from(labels) : Uint8Array.from(labels);
}

/** Where the texts stand among the categories, by the places in which they came. */
function orderOf(texts: ReadonlyMap<string, number>, field: Field): readonly number[] {
  if (field.kind === 'number') return [];
  const places = new Map(field.categories.map((category, place) => [category, place]));
  return [...texts.keys()].map((text) => places.get(text)!);
}

function spread(rows: Rows, fields: readonly Field[], places: readonly (readonly number[])[]): Float32Array {
  const { count } = rows;
  const used = rows.values.subarray(0, count * fields.length);
  if (fields.every(({ kind }) => kind === 'number'))
    return rows.values.length > used.length * 1.25 ? used.slice() : used;
  const width = widthOf(fields);
  const values = new Float32Array(count * width);
  for (let row = 0, to = 0; row < count; row++)
    for (let column = 0; column < fields.length; column++) {
      const value = used[row * fields.length + column]!;
      const field = fields[column]!;
      if (field.kind === 'number') values[to++] = value;
      else {
        if (Number.isNaN(value)) values.fill(NaN, to, to + field.categories.length);
        else if (value < places[column]!.length) values[to + places[column]![value]!] = 1;
        to += field.categories.length;
      }
    }
  return values;
}

/** A column in which everything is missing says nothing, and could not be scaled. */
function checkColumns(values: Float32Array, fields: readonly Field[], name: string): void {
  const width = widthOf(fields);
  let place = 0;
  for (const field of fields) {
    let row = 0;
    while (row < values.length && Number.isNaN(values[row + place]!)) row += width;
    if (row >= values.length)
      throw new DataError(
        `Cannot read ${name}: found no value in column "${field.name}", expected some; leave it out (columns)`,
      );
    place += widthOf([field]);
  }
}
