/** Values in double precision, row after row. */
export interface Doubles {
  shape: number[];
  values: Float64Array;
  /** What TensorFlow.js calls them; the values are doubles all the same. @default 'float32' */
  dtype?: 'float32' | 'int32' | 'bool' | undefined;
}

/** One operation, from its definition: slow, short, and sharing no code with the backends that it judges. */
export type Reference = (inputs: Record<string, Doubles>, attrs: never) => Doubles | Doubles[];

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

/** A tensor whose value at each place is f(place). */
export function make(
  shape: number[],
  f: (at: number[]) => number,
  dtype: Doubles['dtype'] = 'float32',
): Doubles {
  const values = new Float64Array(sizeOf(shape));
  const at = shape.map(() => 0);
  for (let i = 0; i < values.length; i++) {
    values[i] = f(at);
    for (let d = shape.length - 1; d >= 0 && ++at[d]! === shape[d]; d--) at[d] = 0;
  }
  return { shape, values, dtype };
}

/** The number of a place, counted row after row. */
export const indexOf = (shape: readonly number[], at: readonly number[]): number =>
  shape.reduce((index, side, d) => index * side + at[d]!, 0);

export const valueAt = ({ shape, values }: Doubles, at: readonly number[]): number =>
  values[indexOf(shape, at)]!;

/** Axes as TensorFlow.js writes them: none for all, negative ones from the end. */
export const axesOf = (axis: number | number[] | null | undefined, rank: number): number[] =>
  (axis === undefined || axis === null ? Array.from({ length: rank }, (_, d) => d) : [axis].flat()).map(
    (d) => (d < 0 ? d + rank : d),
  );
