/** The values of an IDX file, by their type. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An IDX file: an array of any number of dimensions, the last one fastest. */
export interface Idx {
  shape: number[];
  data: IdxValues;
}
