import { checkExamples, checkShape, kindOf } from './check-examples.js';
import { type Examples, sizeOf } from './examples.js';

/** Numbers in one row, as they come. */
export type NumberArray =
  | readonly number[]
  | Uint8Array
  | Uint8ClampedArray
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

export interface ArrayOptions {
  /** Of one example: `[height, width, channels]`, `[columns]`, `[steps, channels]`. */
  shape: readonly number[];
  /** Places in `classes`, one an example: whole numbers from 0 to 65,535. */
  labels?: NumberArray | undefined;
  /** What the labels mean. */
  classes?: readonly string[] | undefined;
  /** One an example, such as files or the keys of rows. */
  names?: readonly string[] | undefined;
  /** Whether NaN is refused, or stands for a value that is missing. @default 'error' */
  missing?: 'error' | 'keep' | undefined;
}

/**
 * Examples of numbers in memory, all in one array or one array an example, checked once and for all. Bytes, clamped or not, stay
 * bytes, which stand for value/255; every other kind becomes float32 with the numbers as they are. Bytes and float32 are not copied.
 * @throws TypeError for what is no array of numbers, does not fill examples of this shape, or labels and names of another count
 * @throws RangeError for a number that is not finite or too large for float32, or a label that is no place in `classes`, with its place
 */
export function fromArray(
  values: NumberArray | readonly NumberArray[],
  { shape, labels, classes, names, missing }: ArrayOptions,
): Examples {
  checkShape(cannot, shape);
  const size = sizeOf(shape);
  const flat = isRows(values) ? joinRows(values, size, shape) : toValues(values);
  if (flat.length === 0 || flat.length % size !== 0)
    throw new TypeError(
      `${cannot}: found ${flat.length} values, expected a multiple of ${size}, which an example of ${shape.join(' × ')} has`,
    );
  checkFinite(flat, size, missing === 'keep');
  const examples: Examples = {
    values: flat,
    shape: [...shape],
    count: flat.length / size,
    ...(labels && { labels: toLabels(labels, classes) }),
    ...(classes && { classes: [...classes] }),
    ...(names && { names: [...names] }),
  };
  checkExamples(cannot, examples);
  return examples;
}

const cannot = 'Cannot take an array';
const wholeKinds = [
  ...['Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array'],
  ...['Float64Array', 'Array'],
];

const isRows = (values: NumberArray | readonly NumberArray[]): values is readonly NumberArray[] =>
  Array.isArray(values) && typeof values[0] === 'object';

function toValues(values: NumberArray): Uint8Array | Float32Array {
  const kind = kindOf(values);
  if (kind === 'Array') checkNumbers('value', values as readonly unknown[]);
  if (wholeKinds.includes(kind)) return Float32Array.from(values);
  const { buffer, byteOffset, length } = values as Uint8Array;
  if (kind === 'Uint8Array' || kind === 'Uint8ClampedArray')
    return values instanceof Uint8Array ? values : new Uint8Array(buffer, byteOffset, length);
  if (kind === 'Float32Array')
    return values instanceof Float32Array ? values : new Float32Array(buffer, byteOffset, length);
  throw new TypeError(`${cannot}: found ${kind}, expected an array of numbers, or one for each example`);
}

function joinRows(
  rows: readonly NumberArray[],
  size: number,
  shape: readonly number[],
): Uint8Array | Float32Array {
  const taken = rows.map(toValues);
  const wrong = taken.findIndex(({ length }) => length !== size);
  if (wrong >= 0)
    throw new TypeError(
      `${cannot}: found ${taken[wrong]!.length} values in example ${wrong}, expected ${size} for shape [${shape.join(', ')}]`,
    );
  const bytes = taken.filter((row) => row instanceof Uint8Array).length;
  if (bytes > 0 && bytes < taken.length)
    throw new TypeError(
      `${cannot}: found ${bytes} examples of bytes among ${taken.length}, expected one kind`,
    );
  const joined = bytes > 0 ? new Uint8Array(taken.length * size) : new Float32Array(taken.length * size);
  taken.forEach((row, i) => joined.set(row, i * size));
  return joined;
}

function checkFinite(values: Uint8Array | Float32Array, size: number, mayLack: boolean): void {
  if (values instanceof Uint8Array) return;
  const at = values.findIndex((value) => !Number.isFinite(value) && !(mayLack && Number.isNaN(value)));
  if (at < 0) return;
  throw new RangeError(
    `${cannot}: found ${values[at]} at place ${at % size} of example ${Math.floor(at / size)}, expected finite numbers within float32's range; leave such examples out, fill them, or keep NaN as missing`,
  );
}

function toLabels(labels: NumberArray, classes: readonly string[] | undefined): Uint8Array | Uint16Array {
  const kind = kindOf(labels);
  if (!Array.isArray(labels) && !ArrayBuffer.isView(labels))
    throw new TypeError(`${cannot}: found labels as ${kind}, expected an array of whole numbers`);
  const below = classes?.length ?? 2 ** 16;
  let most = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= below)
      throw new RangeError(
        `${cannot}: found label ${label} at ${i}, expected a whole number from 0 to ${below - 1}${classes ? `, a place among the ${below} classes` : ''}`,
      );
    if (label > most) most = label;
  }
  if (labels instanceof Uint8Array || labels instanceof Uint16Array) return labels;
  return most < 256 ? Uint8Array.from(labels) : Uint16Array.from(labels);
}

/** A hole, a text or a bigint would become NaN, 0 or an error of the engine's. */
function checkNumbers(what: string, numbers: readonly unknown[]): void {
  for (let i = 0; i < numbers.length; i++)
    if (typeof numbers[i] !== 'number')
      throw new TypeError(`${cannot}: found ${String(numbers[i])} as ${what} ${i}, expected a number`);
}
