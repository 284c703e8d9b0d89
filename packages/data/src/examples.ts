/** Some examples of one shape: images, rows of a table, windows of a series. */
export interface Examples {
  /**
   * `count` × `shape` values, example by example, the last dimension fastest. Bytes stand for value/255; a NaN stands for
   * a value that is missing, where a reader was asked to keep those.
   */
  values: Uint8Array | Float32Array;
  /** Of one example: `[height, width, channels]`, `[columns]`, `[steps, channels]`. */
  shape: readonly number[];
  count: number;
  /** Places in `classes`, one an example; absent where nothing is known. */
  labels?: Uint8Array | Uint16Array;
  /** What the labels mean, such as `['cat', 'dog']`. */
  classes?: readonly string[];
  /** One an example, such as files or the keys of rows, for reports and scores. */
  names?: readonly string[];
  /** What the columns of a table are, from left to right; absent where they have no names. */
  fields?: readonly Field[];
  /** What `standardise`, `minMax` or `robust` did to the values. */
  scaling?: Scaling;
}

/** A column as a table has it: a number is one value of an example, a category one value for each that it may be, 1 where it is. */
export type Field =
  { name: string; kind: 'number' } | { name: string; kind: 'category'; categories: readonly string[] };

/** How values were scaled, as plain data: scaled = (value − offset) / scale, with one of each for each place of the last dimension. */
export interface Scaling {
  method: 'standardise' | 'min-max' | 'robust';
  offset: readonly number[];
  scale: readonly number[];
}

/** A data set in its parts. */
export interface DataSet {
  /** What it is called in reports and on the command line. */
  name: string;
  /** Where it came from, in one line for people. */
  source: string;
  /** SHA-256 by which the same data are known again wherever they lie, 64 hexadecimal digits. */
  checksum: string;
  /** What drew the validation examples out of the training examples; absent where they are the last ones. */
  validationSeed?: number;
  train: Examples;
  validation: Examples;
  test?: Examples;
}

/** What values are divided by to be what they stand for: bytes stand for value/255. */
export function unitOf({ BYTES_PER_ELEMENT }: Uint8Array | Float32Array): 1 | 255 {
  return BYTES_PER_ELEMENT === 4 ? 1 : 255;
}

/** How many values an example of this shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** How many values of an example columns are: one for a number, one for each category. */
export function widthOf(fields: readonly Field[]): number {
  return fields.reduce((sum, field) => sum + (field.kind === 'number' ? 1 : field.categories.length), 0);
}
