import { extent, quantile } from 'd3-array';
import type { Note } from '../figure.js';
import { seriesColor } from './class-color.js';
import { numberText } from './number-text.js';
import { isWhole, valueAt, type Pictures } from './stack.js';

/** The values between which all strips of a figure are drawn, so that they compare. */
export interface Range {
  low: number;
  high: number;
  /** How many values lie outside, and are drawn at the edge. */
  outside: number;
}

/** The share of the values at either end that is cut off, */
const TAIL = 0.005;
/** where they would make the range so many times as wide. */
const FAR = 3;
/** Channels beyond these are not named below the figure. */
const MOST_NAMED = 20;

/** How the strips of these stacks are to be read. */
export function stripNotes(stacks: readonly Pictures[]): Note[] {
  const { kind, shape, names: given } = stacks[0]!;
  const { low, high, outside } = rangeOf(stacks);
  const channels = shape[1] ?? 1;
  const what =
    kind === 'row' ? `Each bar is one of ${shape[0]} values` : `Each line runs over ${shape[0]} steps`;
  const names = Array.from({ length: Math.min(channels, MOST_NAMED) }, (_, channel) => ({
    name: given?.[channel] ?? `channel ${channel + 1}`,
    color: seriesColor(channel),
  }));
  return [
    `${what}, all from ${numberText(low, 3)} to ${numberText(high, 3)}.`,
    ...(outside > 0 ? [`Beyond that, and drawn at the edge: ${numberText(outside)} values.`] : []),
    ...(kind === 'series' && channels > 1 ? [names] : []),
  ];
}

/** All finite values and, for bars, 0; without a few that lie far from all others. */
export function rangeOf(stacks: readonly Pictures[]): Range {
  const values: number[] = [];
  for (const pictures of stacks)
    for (let index = 0; index < pictures.count; index++)
      if (isWhole(pictures, index))
        for (let place = 0; place < pictures.size; place++) values.push(valueAt(pictures, index, place));
  if (stacks[0]?.kind === 'row') values.push(0);
  const [least = 0, most = 0] = extent(values);
  const [from, to] = [quantile(values, TAIL) ?? 0, quantile(values, 1 - TAIL) ?? 0];
  const isFar = to > from && most - least > FAR * (to - from);
  const [low, high] = isFar ? [from, to] : [least, most];
  const reach = low === high ? Math.abs(low) || 1 : 0;
  return {
    low: low - reach,
    high: high + reach,
    outside: values.filter((value) => value < low || value > high).length,
  };
}
