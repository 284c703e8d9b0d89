import type { Examples } from '@ae/data';

/** How far reconstructions are from their examples: one file in `metrics/`, found there. */
export interface Metric {
  name: string;
  /** One sentence: what it measures, and in which unit. */
  summary: string;
  better: 'lower' | 'higher';
  /** Why it cannot be taken of examples of this shape, in words that follow "Cannot take ⟨name⟩: "; nothing where it can. */
  refuses?(shape: readonly number[]): string | undefined;
  /**
   * Of every example on its own.
   * @param reconstructed of the same shape, floats; those of bytes in [0, 1]
   * @returns `[count]`
   */
  measure(examples: Examples, reconstructed: Float32Array): Float64Array;
}
