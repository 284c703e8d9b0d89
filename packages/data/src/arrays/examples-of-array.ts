import { DataError } from '../data-error.js';
import { sizeOf, type Examples } from '../examples.js';
import type { Reading, ReadOptions } from '../format.js';
import { fromArray } from '../from-array.js';
import { select } from '../select.js';
import type { Npy, NpyValues } from './npy-values.js';

export interface ArrayExamplesOptions extends Pick<ReadOptions, 'missing'> {
  /** Which array this is, for errors and notices. */
  name: string;
  notice?: Reading['notice'] | undefined;
  labels?: readonly number[] | undefined;
  classes?: readonly string[] | undefined;
}

/**
 * The examples of an array, of which the first side is the count. Bytes of three sides are grey images, `[height, width, 1]`, and of more
 * sides images as they are; where none is above 1 they are masks and become 0 and 255. In a table, `[n, columns]` or `[n]`, bytes are
 * numbers as all others.
 * @throws DataError for an array without examples, numbers that are not finite, and labels of another count
 */
export function examplesOfArray(
  { shape, data }: Npy,
  { name, labels, classes, missing = 'error', notice }: ArrayExamplesOptions,
): Examples {
  const sides = shape.slice(1);
  if (data.length === 0 || shape.length === 0)
    throw new DataError(`Cannot read ${name}: found shape [${shape}], expected examples`);
  const isTable = sides.length < 2;
  const isGrey = sides.length === 2 && data.BYTES_PER_ELEMENT === 1;
  if (isTable && data instanceof Uint8Array && sides[0]! >= 64)
    notice?.(`${name}: bytes are taken as numbers of a table; pictures keep their sides, [n, height, width]`);
  if (sides.length === 2 && !isGrey)
    notice?.(
      `${name}: taken as windows, [${sides}] steps and channels; grey pictures are [n, height, width, 1]`,
    );
  const examples = checked(name, () =>
    fromArray(isTable ? numbersOf(data) : unmasked(data, name, notice), {
      shape: isGrey ? [...sides, 1] : isTable ? [sides[0] ?? 1] : sides,
      ...{ labels, classes },
      ...(missing !== 'error' && { missing: 'keep' as const }),
    }),
  );
  return missing === 'drop' ? whole(examples, name, notice) : examples;
}

const numbersOf = (data: NpyValues) => (data instanceof Uint8Array ? Float32Array.from(data) : data);

function unmasked(data: NpyValues, name: string, notice: Reading['notice']): NpyValues {
  if (!(data instanceof Uint8Array) || data.some((byte) => byte > 1) || !data.includes(1)) return data;
  notice?.(`${name}: found bytes of 0 and 1 alone, taken as 0 and 255, black and white`);
  return data.map((byte) => byte * 255);
}

/** The examples of which no value is missing. */
function whole(examples: Examples, name: string, notice: Reading['notice']): Examples {
  const size = sizeOf(examples.shape);
  const { values, count } = examples;
  const places = Array.from({ length: count }, (_, i) => i).filter(
    (i) => !values.subarray(i * size, (i + 1) * size).some(Number.isNaN),
  );
  if (places.length === count) return examples;
  notice?.(`${name}: left out ${count - places.length} of ${count} examples, which lack a value`);
  if (places.length === 0)
    throw new DataError(
      `Cannot read ${name}: found a missing value in each of ${count} examples, expected whole ones`,
    );
  return select(examples, places);
}

function checked(name: string, take: () => Examples): Examples {
  try {
    return take();
  } catch (cause) {
    const { message } = cause as Error;
    throw new DataError(`Cannot read ${name}: ${message.replace(/^Cannot take an array: /, '')}`, { cause });
  }
}
