import * as tf from '@tensorflow/tfjs';

/**
 * What the numbers of a code mean. A code is always one row, `[batch, n]`, so that all codes are saved, compared and
 * sampled alike.
 */
export type Code =
  /** Coordinates. */
  | {
      kind: 'vector';
      dimensions: number;
      /** Where they lie: anywhere, at distance 1 from 0, or within that. @default 'plane' */
      geometry?: 'plane' | 'sphere' | 'ball';
      /** Parts of the vector with a name, from a dimension up to but not with another, such as `{ style: [0, 8], content: [8, 16] }`. */
      groups?: Record<string, readonly [from: number, to: number]>;
    }
  /** A feature map, row by row, the channels fastest. */
  | { kind: 'map'; shape: readonly [height: number, width: number, channels: number] }
  /**
   * At each of some places, in their order, one of `classes` numbers from 0 on, such as the entries of a codebook; a list
   * where the places, row by row, have their own.
   */
  | { kind: 'categorical'; places: readonly number[]; classes: number | readonly number[] };

/** How many numbers a code is. */
export function codeSize(code: Code): number {
  if (code.kind === 'vector') return code.dimensions;
  return tf.util.sizeFromShape([...(code.kind === 'map' ? code.shape : code.places)]);
}

/** A model's code as it says; where it says nothing, a vector of as many dimensions as its decoder takes numbers. */
export const codeOf = ({ code, decoder }: { code?: Code; decoder: tf.LayersModel }): Code =>
  code ?? {
    kind: 'vector',
    dimensions: tf.util.sizeFromShape(decoder.inputs[0]!.shape.slice(1) as number[]),
  };

/** Why codes of this kind do not lie anywhere in a space, in words that follow "Cannot fit ⟨name⟩: "; nothing where they do. */
export function notInThePlane(code: Code): string | undefined {
  const { kind } = code;
  const geometry = (kind === 'vector' && code.geometry) || 'plane';
  if (kind !== 'categorical' && geometry === 'plane') return undefined;
  return `found ${kind === 'categorical' ? 'a categorical code' : `a code on a ${geometry}`}, expected one of coordinates anywhere`;
}

/**
 * That a code is one.
 * @throws RangeError where a size is none, a group is not within the vector, or a list has not a number of classes for each place
 */
export function checkCode(code: Code): void {
  const sizes =
    code.kind === 'vector'
      ? { dimensions: [code.dimensions] }
      : code.kind === 'map'
        ? { shape: code.shape }
        : { places: code.places, classes: [code.classes].flat() };
  for (const [name, values] of Object.entries(sizes))
    if (values.length === 0 || !values.every((value) => Number.isSafeInteger(value) && value > 0))
      throw new RangeError(`found code.${name} ${JSON.stringify(values)}, expected whole numbers from 1`);
  const places = codeSize(code);
  if (code.kind === 'categorical' && Array.isArray(code.classes) && code.classes.length !== places)
    throw new RangeError(
      `found code.classes ${JSON.stringify(code.classes)}, expected one number, or one for each of ${places} places`,
    );
  if (code.kind !== 'vector') return;
  for (const [name, [from, to]] of Object.entries(code.groups ?? {}))
    if (!(
      Number.isSafeInteger(from) &&
      Number.isSafeInteger(to) &&
      0 <= from &&
      from < to &&
      to <= code.dimensions
    ))
      throw new RangeError(
        `found code.groups.${name} [${from}, ${to}], expected two dimensions in order from 0 to ${code.dimensions}`,
      );
}
