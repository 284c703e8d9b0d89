import type { DetectorOptions } from './fit-detector.js';

/**
 * What of `fitDetector`'s options, with the model `ae`, we found to do well on real tables, also where some of their rows are
 * anomalies (BENCHMARKS-DETECTORS.md): noise of two standard deviations, which no clump of odd rows is learned by heart under;
 * a code of half the columns; and what neither code nor residual says alone.
 * @param columns of the table
 */
export const tableSetting = (
  columns: number,
): Required<Pick<DetectorOptions, 'score'>> & Pick<DetectorOptions, 'options'> => ({
  score: 'code-and-residual',
  options: { hidden: [64], latentDim: Math.ceil(columns / 2), noise: 2 },
});
