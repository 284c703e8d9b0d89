import { DataError } from '../data-error.js';
import type { Examples } from '../examples.js';
import type { DataFile, Reading, ReadOptions, ReadParts } from '../format.js';
import { throwIfStopped } from '../stop-signal.js';
import { columnsOf, placeOf, type Columns, type TableHead } from './columns.js';
import { examplesOfTable } from './examples-of-table.js';
import { partsOfFiles } from './parts-by-name.js';
import { rowsOf, type Rows } from './rows.js';

/** A table in a file: what its columns are, and a way to read its rows, as often as is wanted. */
export interface Table extends TableHead {
  /** @param onBlock is called with how many bytes are done */
  read(rows: Rows, places: Places, onBlock: (done: number) => void): Promise<void>;
}

/** Where the columns stand that are taken. */
export interface Places {
  taken: readonly number[];
  isText: readonly boolean[];
  label: number | undefined;
  key: number | undefined;
}

export interface TableOptions {
  options: ReadOptions;
  reading: Reading;
  open(file: DataFile, options: ReadOptions): Promise<Table>;
}

/**
 * Reads tables as examples: one file, several with the same columns one after the other, or parts, where all of their names say which.
 * Whether a column has numbers or texts is first taken from the lines at the start; where another line shows that it has texts, the files
 * are read once more.
 */
export async function readTables(files: readonly DataFile[], how: TableOptions): Promise<ReadParts> {
  const { options, reading } = how;
  const tables: { file: DataFile; table: Table; part: string }[] = [];
  for (const [part, inPart] of partsOfFiles(files))
    for (const file of inPart) tables.push({ file, table: await how.open(file, options), part });
  const first = tables.find(({ part }) => part === 'train') ?? tables[0];
  if (!first) throw new DataError('Cannot read a table: found no file, expected one');

  const name = tables.length === 1 ? first.table.name : `${tables.length} tables`;
  const columns = columnsOf(first.table, options);
  let parts = await readRows();
  if (columns.taken.some(({ strays }) => strays > 0)) {
    settle(columns, parts, options);
    parts = await readRows();
  }
  const examples = examplesOfTable(columns, parts, { name, missing: options.missing === 'keep' });
  say(name, columns, parts, [...examples.values()], reading);
  const skipped = [...parts.values()].flatMap((rows) => rows.skipped);
  return {
    ...(Object.fromEntries(examples) as unknown as ReadParts),
    ...(skipped.length > 0 && { skipped }),
  };

  async function readRows(): Promise<Map<string, Rows>> {
    const parts = new Map<string, Rows>();
    for (const { part } of tables)
      if (!parts.has(part)) parts.set(part, rowsOf(columns, { ...options, name }));
    const done = new Map<Rows, number>();
    for (const { file, table, part } of tables) {
      const rows = parts.get(part)!;
      const size = tables.reduce((sum, each) => sum + (each.part === part ? each.file.size : 0), 0);
      const before = done.get(rows) ?? 0;
      done.set(rows, before + file.size);
      const place = (column: string | undefined) =>
        column === undefined ? undefined : placeOf(table, column);
      const places = {
        taken: columns.taken.map(({ name }) => placeOf(table, name)),
        isText: columns.taken.map(({ kind }) => kind === 'text'),
        ...{ label: place(columns.label?.name), key: place(columns.key) },
      };
      await table.read(rows, places, (done) => {
        rows.reserve((before + done) / size);
        reading.onProgress?.({ what: file.name, done, total: file.size, unit: 'bytes' });
        throwIfStopped(reading.signal);
      });
    }
    return parts;
  }
}

/** Columns in which texts were found among numbers are columns of texts, or, where broken rows are left out, of numbers still. */
function settle(
  { taken, label }: Columns,
  parts: ReadonlyMap<string, Rows>,
  { skipBroken }: ReadOptions,
): void {
  const count = [...parts.values()].reduce((sum, rows) => sum + rows.count, 0);
  for (const column of taken) {
    if (!column.known) column.texts.clear();
    if (column.strays === 0) continue;
    if (skipBroken && column.strays <= count / 10) column.known = { name: column.name, kind: 'number' };
    else column.kind = 'text';
  }
  if (label && !label.known) label.texts.clear();
}

/** What was guessed, and what was left out, in one line each. */
function say(
  name: string,
  columns: Columns,
  parts: ReadonlyMap<string, Rows>,
  examples: readonly Examples[],
  { notice }: Reading,
): void {
  const { fields, classes } = examples[0]!;
  const categories = fields!.flatMap((field) =>
    field.kind === 'category' ? [`${field.name} (${field.categories.length})`] : [],
  );
  const numbers = fields!.length - categories.length;
  const sum = (of: (rows: Rows) => number) =>
    [...parts.values()].reduce((total, rows) => total + of(rows), 0);
  notice?.(
    [
      `${name}: ${sum((rows) => rows.count)} rows of ${numbers} numbers`,
      categories.length > 0 && `categories, one place for each: ${categories.join(', ')}`,
      columns.label && `label ${columns.label.name} (${classes!.length} classes)`,
      columns.key !== undefined && `named by ${columns.key}`,
    ]
      .filter(Boolean)
      .join('; '),
  );
  const [dropped, kept, skipped] = [
    sum((rows) => rows.dropped),
    sum((rows) => rows.kept),
    sum((rows) => rows.skipped.length),
  ];
  if (dropped > 0) notice?.(`${name}: left out ${dropped} rows, which lack a value`);
  if (kept > 0) notice?.(`${name}: ${kept} cells lack a value, kept as NaN`);
  if (skipped > 0) notice?.(`${name}: left out ${skipped} broken rows`);
}
