import type { Examples } from '@ae/data';

/** How far reconstructions are from their examples: one file in `metrics/`, found there. */
export interface Metric {
  name: string;
  /** One sentence: what it measures, and in which unit. */
  summary: string;
  better: 'lower' | 'higher';
  /**
   * Of every example on its own.
   * @param reconstructed of the same shape, floats; those of bytes in [0, 1]
   * @returns `[count]`
   */
  measure(examples: Examples, reconstructed: Float32Array): Float64Array;
}
