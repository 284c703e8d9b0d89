import { type Examples } from './examples.js';
import { fromArray, type NumberArray } from './from-array.js';

export interface WindowOptions {
  /** Numbers a step, that lie one after the other. @default 1 */
  channels?: number | undefined;
  /** Steps of a window. */
  length: number;
  /** Steps from the start of a window to the start of the next. @default 1, every window there is */
  stride?: number | undefined;
}

/**
 * Cuts a series, step after step, into windows of shape `[length, channels]`. Steps at the end that fill no window are left out.
 * @throws TypeError for what is no array of numbers, or does not fill whole steps
 * @throws RangeError for numbers that are not finite, a series shorter than a window, or options that are no whole numbers from 1
 */
export function windows(series: NumberArray, { channels = 1, length, stride = 1 }: WindowOptions): Examples {
  for (const [name, value] of Object.entries({ channels, length, stride }))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`Cannot cut windows: found ${name} ${value}, expected a whole number from 1`);
  const { values, count: steps } = fromArray(series, { shape: [channels] });
  if (steps < length)
    throw new RangeError(
      `Cannot cut windows: found a series of ${steps} steps, expected at least ${length}, the length of a window`,
    );
  const count = Math.floor((steps - length) / stride) + 1;
  const size = length * channels;
  const cut = values instanceof Uint8Array ? new Uint8Array(count * size) : new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    const from = i * stride * channels;
    cut.set(values.subarray(from, from + size), i * size);
  }
  return { values: cut, shape: [length, channels], count };
}
