import { DataError } from '../data-error.js';
import type { ReadOptions } from '../format.js';
import { isMissing, numberOf } from './cells.js';
import { mostCategories, refusal } from './categories.js';
import type { Column, Columns } from './columns.js';

/** The rows of a part as they come in: numbers, and texts as places among those of their column. */
export interface Rows {
  count: number;
  /** `count` × taken columns, in an array that may be longer. */
  values: Float32Array;
  labels: number[];
  names: string[];
  /** Rows that were left out, because they lack a value. */
  dropped: number;
  /** Places of those that were left out as broken. */
  skipped: string[];
  /** Values that are missing, and were kept as NaN. */
  kept: number;
  /** Makes room for one more row, and gives where it begins. */
  open(): number;
  /** Makes room for as many as are to come, where this share of the part is done. */
  reserve(share: number): void;
  /** Sets a cell of the row that is open by its text. `at` tells the line. */
  set(column: number, text: string, at: () => string): void;
  label(text: string, at: () => string): void;
  /** Leaves the row that is open out as broken, where that is asked for. @throws DataError where it is not */
  fail(found: string, expected: string, at: () => string): void;
  /** Ends the row that is open. */
  close(name: string | undefined): void;
}

export interface RowsOptions extends Pick<ReadOptions, 'missing' | 'skipBroken' | 'unknown'> {
  /** What the table is called in errors. */
  name: string;
}

/** Holds the rows of one part in the least memory. */
export function rowsOf(
  { taken, label }: Columns,
  { name, missing = 'error', skipBroken = false, unknown = 'error' }: RowsOptions,
): Rows {
  const width = taken.length;
  let state: 'whole' | 'dropped' | 'broken' = 'whole';
  let lacking = 0;
  let place = 0;

  const rows: Rows = {
    ...{
      count: 0,
      values: new Float32Array(width * 1024),
      labels: [],
      names: [],
      dropped: 0,
      skipped: [],
      kept: 0,
    },

    open() {
      const needed = (rows.count + 1) * width;
      if (needed > rows.values.length) lengthen(needed * 2);
      [state, lacking, place] = ['whole', 0, 0];
      return rows.count * width;
    },

    reserve(share) {
      const needed = Math.ceil((rows.count / share) * 1.01) * width;
      if (needed > rows.values.length) lengthen(needed);
    },

    set(column, text, at) {
      const into = rows.count * width + column;
      rows.values[into] = NaN;
      const { name: title, kind } = taken[column]!;
      if (isMissing(text)) return lacks(title, at);
      if (kind === 'text') {
        const found = placeAmong(taken[column]!, text, at);
        rows.values[into] = found;
        return;
      }
      const number = numberOf(text);
      if (Number.isFinite(Math.fround(number))) rows.values[into] = number;
      else if (!Number.isNaN(number))
        rows.fail(`"${text}" in column "${title}"`, `finite numbers within float32's range`, at);
      else stray(taken[column]!, text, at);
    },

    label(text, at) {
      if (isMissing(text)) {
        if (missing === 'drop') state = state === 'whole' ? 'dropped' : state;
        else
          rows.fail(
            `no label in column "${label!.name}"`,
            `one in each row; missing: 'drop' leaves such rows out`,
            at,
          );
      } else place = placeAmong(label!, text, at);
    },

    fail(found, expected, at) {
      if (!skipBroken) throw new DataError(`Cannot read ${at()}: found ${found}, expected ${expected}`);
      if (state !== 'broken') rows.skipped.push(at());
      state = 'broken';
    },

    close(name) {
      if (state === 'dropped') rows.dropped++;
      if (state !== 'whole') return;
      rows.count++;
      rows.kept += lacking;
      if (label) rows.labels.push(place);
      if (name !== undefined) rows.names.push(name);
    },
  };
  return rows;

  function lengthen(length: number): void {
    const longer = new Float32Array(length);
    longer.set(rows.values.subarray(0, rows.count * width));
    rows.values = longer;
  }

  function lacks(name: string, at: () => string): void {
    if (missing === 'error')
      rows.fail(
        `no value in column "${name}"`,
        `one in each row; missing: 'drop' leaves such rows out, 'keep' keeps them as NaN`,
        at,
      );
    else if (missing === 'drop') state = state === 'whole' ? 'dropped' : state;
    else lacking++;
  }

  function placeAmong(column: Column, text: string, at: () => string): number {
    const found = column.texts.get(text);
    if (found !== undefined) return found;
    if (!column.known) {
      if (!column.stray && Number.isNaN(numberOf(text))) column.stray = { text, place: at() };
      column.texts.set(text, column.texts.size);
      if (column !== label && column.texts.size > mostCategories) throw refusal(column, name);
      return column.texts.size - 1;
    }
    if (unknown !== 'zeros' || column === label)
      rows.fail(
        `"${text}" in column "${column.name}"`,
        `one of ${[...column.texts.keys()].slice(0, 20).join(', ')} as in the table before`,
        at,
      );
    return column.texts.size;
  }

  /** A text among numbers: the column becomes one of texts, unless it is known to be one of numbers. */
  function stray(column: Column, text: string, at: () => string): void {
    if (column.known)
      return rows.fail(`"${text}" in column "${column.name}"`, 'a number as in the other rows', at);
    column.strays++;
    column.stray ??= { text, place: at() };
  }
}
