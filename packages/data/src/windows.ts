import { checkExamples } from './check-examples.js';
import type { Examples } from './examples.js';
import { fromArray, type NumberArray } from './from-array.js';

export interface WindowOptions {
  /** Numbers a step, that lie one after the other; examples have them in their shape. @default 1 */
  channels?: number | undefined;
  /** Steps of a window. */
  length: number;
  /** Steps from the start of a window to the start of the next. @default 1, every window there is */
  stride?: number | undefined;
}

/**
 * Cuts a series, step after step, into windows of shape `[length, channels]`. Steps at the end that fill no window are left out. A series
 * may be a table, of shape `[columns]`, with its rows in the order of time: its fields and its scaling stay, a window has the name of its
 * first step, and the largest label of its steps, so that 1 says that a step of it is an anomaly where 0 says that none is.
 * @throws TypeError for what is no array of numbers, does not fill whole steps, or has examples of more than one side
 * @throws RangeError for numbers that are not finite, a series shorter than a window, or options that are no whole numbers from 1
 */
export function windows(
  series: NumberArray | Examples,
  { channels, length, stride = 1 }: WindowOptions,
): Examples {
  for (const [name, value] of Object.entries({ channels: channels ?? 1, length, stride }))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`Cannot cut windows: found ${name} ${value}, expected a whole number from 1`);
  const steps =
    'values' in series && 'shape' in series
      ? seriesOf(series, channels)
      : fromArray(series as NumberArray, { shape: [channels ?? 1] });
  if (steps.count < length)
    throw new RangeError(
      `Cannot cut windows: found a series of ${steps.count} steps, expected at least ${length}, the length of a window`,
    );
  const { values, labels, names, ...rest } = steps;
  const width = steps.shape[0]!;
  const count = Math.floor((steps.count - length) / stride) + 1;
  const size = length * width;
  const cut = values.BYTES_PER_ELEMENT === 1 ? new Uint8Array(count * size) : new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    const from = i * stride * width;
    cut.set(values.subarray(from, from + size), i * size);
  }
  const starts = Array.from({ length: count }, (_, i) => i * stride);
  return {
    ...rest,
    ...{ values: cut, shape: [length, width], count },
    ...(labels && { labels: largest(labels, starts, length) }),
    ...(names && { names: starts.map((start) => names[start]!) }),
  };
}

function seriesOf(series: Examples, channels: number | undefined): Examples {
  checkExamples('Cannot cut windows', series);
  const [width] = series.shape;
  if (series.shape.length !== 1 || (channels !== undefined && channels !== width))
    throw new TypeError(
      `Cannot cut windows: found steps of shape [${series.shape}], expected [${channels ?? 'columns'}]`,
    );
  return series;
}

function largest(labels: Uint8Array | Uint16Array, starts: readonly number[], length: number) {
  const found = labels.slice(0, starts.length);
  for (const [i, start] of starts.entries()) found[i] = Math.max(...labels.subarray(start, start + length));
  return found;
}
