import type { DataFile, Format, Reading, ReadOptions } from '../format.js';
import { DataError } from '../data-error.js';
import { guess, textOf } from '../tables/guess.js';
import { numberAt } from '../tables/number-at.js';
import { readTables, type Places, type Table } from '../tables/read-table.js';
import { readRecords, type Record } from '../tables/records.js';
import type { Rows } from '../tables/rows.js';

/** Tables as text. */
export const csv: Format = {
  name: 'csv',
  summary:
    'CSV and TSV tables: numbers, and texts as categories, with comma, semicolon or tab; one file, or train, validation and test',
  takes: ['label', 'columns', 'key', 'missing', 'skipBroken', 'header', 'like', 'unknown'],
  accepts: (names) => names.length > 0 && names.every((name) => /\.(csv|tsv)$/i.test(name)),
  read: (files, options, reading) =>
    readTables(files, { options, reading, open: (file) => openTable(file, options, reading) }),
};

async function openTable(file: DataFile, { header, like }: ReadOptions, { notice }: Reading): Promise<Table> {
  const expected = like?.fields?.map(({ name }) => name);
  const { delimiter, hasHeader, names, hasIndex, textShares } = await guess(file, { header, expected });
  const by = { 9: 'tabs', 44: 'commas', 59: 'semicolons' }[delimiter]!;
  notice?.(`${file.name}: columns by ${by}, ${hasHeader ? 'named by the first line' : 'without names'}`);
  return {
    ...{ name: file.name, columns: names, hasIndex },
    isText: textShares.map((share) => share > 0.5),
    read: (rows, places, onBlock) => {
      const take = rowTaker(rows, places, { file, width: names.length });
      let isHead = hasHeader;
      return readRecords(
        file,
        delimiter,
        (record) => {
          if (isHead) isHead = false;
          else take(record);
        },
        onBlock,
      );
    },
  };
}

/** Puts a record into the rows: numbers straight from their bytes, all else by its text. */
function rowTaker(
  rows: Rows,
  { taken, isText, label, key }: Places,
  { file, width }: { file: DataFile; width: number },
) {
  let current: Record;
  const at = () => `${file.name}, line ${current.line}`;
  const cell = (place: number) => {
    try {
      return textOf(current, place);
    } catch (cause) {
      throw new DataError(
        `Cannot read ${at()}: found bytes that are not UTF-8 in cell ${place + 1}, expected text in UTF-8; save it so`,
        { cause },
      );
    }
  };
  return (record: Record) => {
    current = record;
    const { bytes, starts, ends, count } = record;
    const from = rows.open();
    if (count !== width) rows.fail(`${count} cells`, `${width} as in the first line`, at);
    else {
      const { values } = rows;
      for (let i = 0; i < taken.length; i++) {
        const place = taken[i]!;
        const number = isText[i] ? NaN : numberAt(bytes, starts[place]!, ends[place]!);
        if (number - number === 0) values[from + i] = number;
        else rows.set(i, cell(place), at);
      }
      if (label !== undefined) rows.label(cell(label), at);
    }
    rows.close(key === undefined || count !== width ? undefined : cell(key));
  };
}
