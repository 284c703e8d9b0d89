import { sizeOf, unitOf, wordsFor, type Examples } from '@ae/data';

/** Examples as rows of floats, whatever their shape; bytes as value/255. */
export interface Rows {
  values: Float32Array;
  count: number;
  dimensions: number;
}

/**
 * @param cannot what fails, such as `Cannot fit a PCA`
 * @param dimensions values that an example must have @default any
 * @throws TypeError for arrays that do not fit count and shape, or another number of values
 * @throws RangeError where there are no examples, or a value is not finite
 */
export function rowsOf(cannot: string, { values, count, shape }: Examples, dimensions = sizeOf(shape)): Rows {
  const { one, many } = wordsFor(shape);
  if (sizeOf(shape) !== dimensions)
    throw new TypeError(
      `${cannot}: found ${many} of ${sizeOf(shape)} values, expected ${dimensions} as in training`,
    );
  if (values.length !== count * dimensions)
    throw new TypeError(
      `${cannot}: found ${values.length} values, expected ${count * dimensions} for ${count} ${many} of ${dimensions}`,
    );
  if (count < 1) throw new RangeError(`${cannot}: found no ${one}, expected one at least`);
  const floats = asFloats(values);
  const bad = floats.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `${cannot}: found ${floats[bad]} in ${one} ${Math.floor(bad / dimensions)}, expected finite numbers`,
    );
  return { values: floats, count, dimensions };
}

/** Bytes as value/255, floats as they are: a loop, because `Float32Array.from` with a function takes ten times as long. */
export function asFloats(values: Uint8Array | Float32Array): Float32Array {
  const unit = unitOf(values);
  if (unit === 1) return values as Float32Array;
  const floats = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) floats[i] = values[i]! / unit;
  return floats;
}
