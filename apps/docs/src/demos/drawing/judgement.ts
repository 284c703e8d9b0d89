import type { Extent } from '../plane/extent.js';
import type { FlatCodes } from '../plane/flat-codes.js';

/** Above this share of the digits' errors a drawing stands out. */
export const STANDS_OUT = 0.95;

/** What a model makes of digits that it has not seen. */
export interface KnownDigits extends FlatCodes {
  labels: Uint8Array;
  /** Squared error of each. */
  errors: Float32Array;
  extent: Extent;
}

/** What a model makes of a drawing. */
export interface Judgement {
  reconstruction: Float32Array;
  error: number;
  /** Of the known digits, how many have a smaller error; unknown until there are some. */
  share: number | undefined;
  place: { x: number; y: number } | undefined;
}
