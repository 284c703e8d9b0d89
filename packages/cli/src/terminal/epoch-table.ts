import type { HistoryRow } from '@ae/trainer';

import { formatCount, formatMetric } from '@ae/runs/text';

/** Rows after which the names of the columns are said again. */
const ROWS_PER_HEADER = 20;
/** A terminal's width where there is none. */
const WIDTH = 80;

interface Column {
  name: string;
  width: number;
  text(row: HistoryRow): string;
}

/**
 * A training run as a table that grows by a line an epoch: as many of the row's numbers as `width` has room for, the
 * losses first. All of them are in `history.jsonl`.
 * @returns the lines of a row, with the names above it where they are due
 */
export function epochTable(epochs: number, width = WIDTH): (row: HistoryRow) => string {
  let columns: Column[] | undefined;
  let said = 0;
  return (row) => {
    columns ??= fitting([epochColumn(epochs), ...columnsOf(row)], width);
    const line = (texts: string[]) =>
      texts
        .map((text, i) => text[i === 0 ? 'padEnd' : 'padStart'](columns![i]!.width))
        .join('  ')
        .trimEnd();
    const lines = said++ % ROWS_PER_HEADER === 0 ? [line(columns.map(({ name }) => name))] : [];
    return [...lines, line(columns.map((column) => column.text(row)))].join('\n');
  };
}

function epochColumn(epochs: number): Column {
  const text = ({ epoch }: HistoryRow) => `epoch ${epoch}/${epochs}`;
  return { name: '', width: `epoch ${epochs}/${epochs}`.length, text };
}

/** In the order of what one wants to see; a term that is the whole loss is left out. */
function columnsOf(row: HistoryRow): Column[] {
  const terms = (split: string) =>
    Object.keys(row).filter(
      (name) =>
        name.startsWith(`${split}.`) && !(name !== `${split}.loss` && row[name] === row[`${split}.loss`]),
    );
  const [train, validation] = [terms('train'), terms('validation')];
  const first = ['train.loss', 'validation.loss', 'validation.mse'].filter((name) => name in row);
  const others = [...validation, ...train]
    .filter((name) => !first.includes(name))
    .sort((a, b) => a.length - b.length);
  const speed: Column = {
    ...{ name: 'images/s', width: 9 },
    text: ({ imagesPerSecond }) => formatCount(imagesPerSecond),
  };
  return [...first.map(metricColumn), speed, ...others.map(metricColumn)];
}

function metricColumn(column: string): Column {
  const name = column.replace(/^validation\./, 'val. ').replace(/^train\./, 'train ');
  const term = column.split('.').at(-1)!;
  return { name, width: Math.max(name.length, 7), text: (row) => formatMetric(term, row[column]) };
}

function fitting(columns: readonly Column[], width: number): Column[] {
  let used = -2;
  return columns.filter((column, i) => {
    if (i > 1 && used + 2 + column.width > width) return false;
    used += 2 + column.width;
    return true;
  });
}
