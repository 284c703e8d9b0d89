import type { SchemaTree } from 'hyparquet/src/index.js';
import { DataError } from '../data-error.js';
import type { DataFile, ReadOptions } from '../format.js';
import type { Table } from '../tables/read-table.js';
import { decodeUtf8 } from '../utf8.js';
import type { Parquet } from './open-parquet.js';

/** A column of the table as its readers see it: one of the file, or a place in its lists. */
interface Source {
  name: string;
  column: string;
  item?: number;
  isText: boolean;
}

/** A Parquet file as a table; a list of one length is as many columns of numbers, called `name[0]`, `name[1]`, … */
export async function tableOf(file: DataFile, parquet: Parquet, options: ReadOptions): Promise<Table> {
  const sources: Source[] = [];
  const groups = new Map<string, string[]>();
  for (const column of parquet.columns) {
    const { name } = column.element;
    if (!isList(column) || !isTaken(name, options)) {
      sources.push({ name, column: name, isText: isText(column) });
      continue;
    }
    const length = await lengthOf(parquet, name, file.name);
    const items = Array.from({ length }, (_, item) => ({
      name: `${name}[${item}]`,
      column: name,
      item,
      isText: false,
    }));
    groups.set(
      name,
      items.map((item) => item.name),
    );
    sources.push(...items);
  }
  return {
    ...{
      name: file.name,
      columns: sources.map(({ name }) => name),
      isText: sources.map(({ isText }) => isText),
    },
    ...{ hasIndex: false, groups },
    async read(rows, { taken, isText, label, key }, onBlock) {
      const wanted = [...taken, ...[label, key].filter((place) => place !== undefined)];
      for (const [group, { from, to, end }] of parquet.groups.entries()) {
        const columns = new Map<string, ArrayLike<unknown>>();
        for (const place of wanted) {
          const { column } = sources[place]!;
          if (!columns.has(column)) columns.set(column, await parquet.read(column, group));
        }
        let row = 0;
        const at = () => `${file.name}, row ${from + row + 1}`;
        const valueOf = (place: number) => {
          const { column, item } = sources[place]!;
          const value = columns.get(column)![row];
          return item === undefined ? value : itemOf(value, item, groups.get(column)!.length, at);
        };
        for (; row < to - from; row++) {
          const into = rows.open();
          for (let i = 0; i < taken.length; i++) {
            const value = valueOf(taken[i]!);
            const number = isText[i] ? NaN : numberOf(value);
            if (number - number === 0) rows.values[into + i] = number;
            else rows.set(i, textOf(value, sources[taken[i]!]!.name, at), at);
          }
          if (label !== undefined) rows.label(textOf(valueOf(label), sources[label]!.name, at), at);
          rows.close(key === undefined ? undefined : textOf(valueOf(key), sources[key]!.name, at));
        }
        onBlock(Math.min(end, file.size));
      }
    },
  };
}

const isList = ({ element, children }: SchemaTree) =>
  children.length > 0 && (element.converted_type === 'LIST' || element.logical_type?.type === 'LIST');

const isText = ({ element }: SchemaTree) =>
  element.type === 'BYTE_ARRAY' && element.converted_type !== 'DECIMAL';

/** Whether a list is to be looked into. */
const isTaken = (name: string, { columns, label, key, like }: ReadOptions) =>
  name !== label &&
  name !== key &&
  (like?.fields
    ? like.fields.some((field) => field.name.startsWith(`${name}[`))
    : (columns?.includes(name) ?? true));

async function lengthOf(parquet: Parquet, name: string, file: string): Promise<number> {
  for (const group of parquet.groups.keys()) {
    const first = Array.from(await parquet.read(name, group)).find(
      (value) => value !== null && value !== undefined,
    );
    if (first !== undefined) return flat(first, () => `${file}, column "${name}"`).length;
  }
  return 0;
}

/** Lists of lists, as images are, are one list. */
function flat(list: unknown, at: () => string): unknown[] {
  if (Array.isArray(list)) return list.flat(Infinity);
  throw new DataError(`Cannot read ${at()}: found ${typeof list} in a column of lists, expected a list`);
}

function itemOf(list: unknown, item: number, length: number, at: () => string): unknown {
  if (list === null || list === undefined) return null;
  const items = Array.isArray(list) && !Array.isArray(list[0]) ? (list as unknown[]) : flat(list, at);
  if (items.length !== length)
    throw new DataError(
      `Cannot read ${at()}: found a list of ${items.length}, expected ${length} as in the first row`,
    );
  return items[item];
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return Math.fround(value);
  if (typeof value === 'bigint') return Math.fround(Number(value));
  if (typeof value === 'boolean') return value ? 1 : 0;
  return NaN;
}

function textOf(value: unknown, name: string, at: () => string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (value instanceof Uint8Array && isUtf8(value)) return decodeUtf8(value);
  if (typeof value === 'object')
    throw new DataError(
      `Cannot read ${at()}: found ${value instanceof Uint8Array ? 'bytes' : 'a record or list'} in column "${name}", expected a number or a text; leave it out (columns)`,
    );
  return String(value as string | number | bigint | boolean);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    decodeUtf8(bytes);
    return true;
  } catch {
    return false;
  }
}
