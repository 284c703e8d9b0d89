import { measureText } from './number-text.js';

/**
 * A row of a history: `epoch`, and terms such as `train.loss` and `validation.loss` by name.
 * `null`, which is what JSON makes of NaN, counts as not finite.
 */
export type HistoryRow = Readonly<Record<string, number | null | undefined>>;

/** The rows by epoch; refuses one without an epoch. */
export function inOrder(subject: string, rows: readonly HistoryRow[]): HistoryRow[] {
  rows.forEach(({ epoch }, i) => {
    if (typeof epoch !== 'number' || !Number.isFinite(epoch))
      throw new TypeError(`Cannot draw ${subject}: epoch of row ${i} is ${epoch}, expected a number`);
  });
  return [...rows].sort((a, b) => (a['epoch'] as number) - (b['epoch'] as number));
}

/** A term's value in a row: NaN where it is not finite, undefined where it was not measured. */
export const valueIn = (row: HistoryRow | undefined, key: string): number | undefined =>
  row?.[key] === null ? NaN : row?.[key];

export const valueText = (value: number | undefined): string =>
  value === undefined ? 'not measured' : measureText(value);
