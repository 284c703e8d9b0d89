import type { SchemaTree } from 'hyparquet/src/index.js';
import { DataError } from '../data-error.js';
import type { DataFile } from '../format.js';
import { checkPages } from './check-pages.js';

/** A file whose columns are read group by group of its rows. */
export interface Parquet {
  /** The columns, as a tree: lists and records have children. */
  columns: readonly SchemaTree[];
  count: number;
  /** Notes that programs leave, by key. */
  notes: ReadonlyMap<string, string>;
  groups: readonly {
    from: number;
    to: number;
    /** Where the group ends in the file, in bytes. */ end: number;
  }[];
  /** The values of a column in a group: numbers, bigints, texts, dates, bytes (texts too, where a program has not said so), lists of such; `null` where there is none. */
  read(column: string, group: number): Promise<ArrayLike<unknown>>;
}

/** More values than that for each byte of a file are refused: one bad byte can announce billions of rows. */
const mostValuesAByte = 256;

/**
 * Opens a Parquet file: only what stands at its end is read. What a file announces is checked before memory is taken for it.
 * @throws DataError for what is no Parquet file, is damaged, or is packed by a method that is not known
 */
export async function openParquet(file: DataFile): Promise<Parquet> {
  const [
    { parquetMetadataAsync, parquetSchema, parquetScan },
    { parquetHeader },
    { decompressPage },
    levels,
    { compressors },
  ] = await Promise.all([
    import('hyparquet/src/index.js'),
    import('hyparquet/src/column.js'),
    import('hyparquet/src/datapage.js'),
    import('hyparquet/src/schema.js'),
    import('hyparquet-compressors'),
  ]);
  const buffer = {
    byteLength: file.size,
    slice: async (from: number, to = file.size) => {
      if (!(from >= 0 && from <= to && to <= file.size))
        throw new Error(`bytes ${from} to ${to} of ${file.size}`);
      const { buffer: whole, byteOffset, length } = await file.read(from, to);
      return whole.slice(byteOffset, byteOffset + length) as ArrayBuffer;
    },
  };
  return checked(file.name, async () => {
    if (file.size < 12) throw new Error(`${file.size} bytes`);
    const metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
    const tree = parquetSchema(metadata);
    const count = Number(metadata.num_rows);
    const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
    if (rows !== count || metadata.row_groups.some(({ num_rows }) => num_rows < 0n))
      throw new Error(`${rows} rows in its groups, of ${count} that are announced`);
    const chunks = metadata.row_groups.map(({ columns, num_rows }) =>
      columns.map(({ meta_data }) => ({ column: meta_data!, rows: Number(num_rows) })),
    );
    for (const { column } of chunks.flat())
      if (!(column.num_values >= 0n && Number(column.num_values) <= mostValuesAByte * file.size + 2 ** 20))
        throw new Error(`${column.num_values} values in ${file.size} bytes`);
    if (count > mostValuesAByte * file.size + 2 ** 20) throw new Error(`${count} rows in ${file.size} bytes`);
    const scan = await parquetScan({
      file: buffer,
      metadata,
      compressors,
      utf8: false,
      useOffsetIndex: false,
      geoparquet: false,
    });

    let from = 0;
    const groups = chunks.map((group) => {
      const end = Math.max(0, ...group.map(({ column }) => placeOf(column).to));
      const start = from;
      from += group[0]?.rows ?? 0;
      return { from: start, to: from, end };
    });
    return {
      ...{ columns: tree.children, count, groups },
      notes: new Map(metadata.key_value_metadata?.map(({ key, value = '' }) => [key, value])),
      read: (name, group) =>
        checked(`${file.name}, column "${name}"`, async () => {
          for (const { column, rows } of chunks[group]!.filter(
            ({ column }) => column.path_in_schema[0] === name,
          )) {
            const path = levels.getTreePath(tree, column.path_in_schema);
            const { from, to } = placeOf(column);
            const bits = (most: number) => (most === 0 ? 0 : 32 - Math.clz32(most));
            if (levels.isFlatColumn(path) && Number(column.num_values) !== rows)
              throw new Error(`${column.num_values} values in a group of ${rows} rows`);
            checkPages(
              new Uint8Array(await buffer.slice(from, to)),
              {
                ...{ column, count: Number(column.num_values), compressors },
                levels: [bits(levels.getMaxRepetitionLevel(path)), bits(levels.getMaxDefinitionLevel(path))],
              },
              { parquetHeader, decompressPage },
            );
          }
          const { from, to } = groups[group]!;
          const values = await scan.readColumn({ column: name, rowStart: from, rowEnd: to });
          if (values.length !== to - from)
            throw new Error(`${values.length} values in a group of ${to - from} rows`);
          return values;
        }),
    };
  });
}

function placeOf(column: {
  dictionary_page_offset?: bigint;
  data_page_offset: bigint;
  total_compressed_size: bigint;
}) {
  const from = Number(column.dictionary_page_offset || column.data_page_offset);
  return { from, to: from + Number(column.total_compressed_size) };
}

/** What its reader throws for a damaged file is of many kinds; all of them are the file's fault. */
async function checked<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(
      `Cannot read ${name}: found ${(cause as Error).message}, expected a whole Parquet file`,
      { cause },
    );
  }
}
