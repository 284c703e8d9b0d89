/** What is known of a data set before a model is built for it; `Examples` of `@ae/data` say all of it. */
export interface DataKind {
  /** Of one example: `[height, width, channels]`, `[columns]`, `[steps, channels]`. */
  shape: readonly number[];
  /** Bytes stand for value/255, from 0 to 1; floats are any numbers. */
  values: 'bytes' | 'floats';
  /** What the columns of a table are, from left to right. */
  fields?: readonly Field[];
  /** Whether some values are NaN, which stands for a value that is missing. */
  missing?: boolean;
}

/** A column as a table has it: a number is one value of an example, a category one value for each that it may be, 1 where it is. */
export type Field =
  { name: string; kind: 'number' } | { name: string; kind: 'category'; categories: readonly string[] };
