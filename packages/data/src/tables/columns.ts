import { DataError } from '../data-error.js';
import type { Field } from '../examples.js';
import type { ReadOptions } from '../format.js';

/** A column that is taken: numbers, or texts as places among those that it has. */
export interface Column {
  name: string;
  kind: 'number' | 'text';
  /** Places of the texts, in the order in which they came. */
  texts: Map<string, number>;
  /** Where what it may be is known from before, and nothing else is taken. */
  known?: Field;
  /** Cells that are no numbers in a column of numbers: how many, and the first. */
  strays: number;
  stray?: { text: string; place: string };
}

/** What is taken of a table. */
export interface Columns {
  taken: readonly Column[];
  label: Column | undefined;
  /** The name of the column that names the rows. */
  key: string | undefined;
}

export interface TableHead {
  /** What the table is called in errors. */
  name: string;
  columns: readonly string[];
  isText: readonly boolean[];
  hasIndex: boolean;
  /** Columns that are asked for by one name: the places of a list. */
  groups?: ReadonlyMap<string, readonly string[]>;
}

/**
 * What is taken of a table with these columns: those that are asked for, or those of a table that was read before, by name, otherwise all
 * but label and key.
 * @throws DataError for columns that are asked for and not there, two of one name, and where none is left
 */
export function columnsOf(
  head: TableHead,
  { columns, label, key, like }: Pick<ReadOptions, 'columns' | 'label' | 'key' | 'like'>,
): Columns {
  if (like && !like.fields)
    throw new DataError(
      `Cannot read ${head.name} like another table: found no fields of it, expected what was read as a table`,
    );
  const index = head.hasIndex ? head.columns[0] : undefined;
  const hasLabel = label !== undefined && (!like || head.columns.includes(label));
  const fields = like?.fields;
  const names =
    fields?.map(({ name }) => name) ??
    columns?.flatMap((name) => head.groups?.get(name) ?? [name]) ??
    head.columns.filter((name) => name !== label && name !== key && name !== index);
  for (const name of [...names, ...(hasLabel ? [label] : []), ...(key === undefined ? [] : [key])])
    placeOf(head, name);
  if (names.length === 0)
    throw new DataError(`Cannot read ${head.name}: found no column that is taken, expected one`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new DataError(
      `Cannot read ${head.name}: found column "${twice}" asked for twice, expected each once`,
    );
  return {
    taken: names.map((name, i) => columnOf(name, head, fields?.[i])),
    label: hasLabel
      ? {
          ...textColumn(label, like?.classes),
          ...(like?.classes && { known: { name: label, kind: 'category', categories: like.classes } }),
        }
      : undefined,
    key: key ?? index,
  };
}

/** Where a column stands. @throws DataError where it is not there, or there twice */
export function placeOf({ name, columns }: TableHead, column: string): number {
  const place = columns.indexOf(column);
  const listed =
    columns.length > 40 ? `${columns.slice(0, 40).join(', ')}, … (${columns.length})` : columns.join(', ');
  if (place < 0)
    throw new DataError(`Cannot read ${name}: found no column "${column}", expected one of ${listed}`);
  if (columns.includes(column, place + 1))
    throw new DataError(`Cannot read ${name}: found two columns "${column}", expected names that differ`);
  return place;
}

function columnOf(name: string, head: TableHead, known: Field | undefined): Column {
  if (known?.kind === 'category') return { ...textColumn(name, known.categories), known };
  const isText = !known && head.isText[placeOf(head, name)]!;
  return { ...textColumn(name), kind: isText ? 'text' : 'number', ...(known && { known }) };
}

const textColumn = (name: string, texts: readonly string[] = []): Column => ({
  ...{ name, kind: 'text', strays: 0 },
  texts: new Map(texts.map((text, place) => [text, place])),
});
