import { DataError } from '../data-error.js';

/**
 * Undoes the filters of some lines in place: each line is a byte that says which, and `stride` bytes.
 * Source: PNG (third edition), section 9.
 */
export function unfilter(
  raw: Uint8Array,
  start: number,
  { rows, stride, step, name }: { rows: number; stride: number; step: number; name: string },
): Uint8Array {
  for (let row = 0; row < rows; row++) {
    const from = start + row * (stride + 1) + 1;
    const end = from + stride;
    const above = row === 0 ? undefined : from - stride - 1;
    const filter = raw[from - 1]!;
    if (filter === 1) for (let i = from + step; i < end; i++) raw[i]! += raw[i - step]!;
    else if (filter === 2 && above !== undefined)
      for (let i = from, up = above; i < end; i++, up++) raw[i]! += raw[up]!;
    else if (filter === 3) average(raw, { from, end, step, above });
    else if (filter === 4) paeth(raw, { from, end, step, above });
    else if (filter > 4)
      throw new DataError(
        `Cannot read ${name}: found filter ${filter} in a line, expected 0 to 4; it is damaged`,
      );
  }
  return raw;
}

interface Line {
  from: number;
  end: number;
  step: number;
  /** Where the line above begins. */
  above: number | undefined;
}

function average(raw: Uint8Array, { from, end, step, above }: Line): void {
  for (let i = from; i < end; i++) {
    const left = i - from < step ? 0 : raw[i - step]!;
    const up = above === undefined ? 0 : raw[above + i - from]!;
    raw[i]! += (left + up) >> 1;
  }
}

function paeth(raw: Uint8Array, { from, end, step, above }: Line): void {
  for (let i = from; i < end; i++) {
    const isFirst = i - from < step;
    const left = isFirst ? 0 : raw[i - step]!;
    const up = above === undefined ? 0 : raw[above + i - from]!;
    const corner = isFirst || above === undefined ? 0 : raw[above + i - from - step]!;
    const [toLeft, toUp, toCorner] = [
      Math.abs(up - corner),
      Math.abs(left - corner),
      Math.abs(left + up - 2 * corner),
    ];
    if (toLeft <= toUp && toLeft <= toCorner) raw[i]! += left;
    else raw[i]! += toUp <= toCorner ? up : corner;
  }
}
