import type { Baseline } from '../baseline.js';
import { distances, fitGaussian } from '../gaussian-distance.js';
import { rowsOf } from '../rows.js';

export const mahalanobis: Baseline = {
  name: 'mahalanobis',
  summary: 'Squared Mahalanobis distance from the mean, by a covariance shrunk as Ledoit and Wolf do',
  fit(normal) {
    const rows = rowsOf('Cannot fit a Mahalanobis distance', normal);
    const gaussian = fitGaussian(rows);
    return {
      score: async (examples) =>
        distances(gaussian, rowsOf('Cannot measure a Mahalanobis distance', examples, rows.dimensions)),
    };
  },
};
