import { encodeAll } from '@ae/models';

import { noDistances } from '../code-kind.js';
import { distances, fitGaussian } from '../gaussian-distance.js';
import type { Score } from '../score.js';

export const codeMahalanobis: Score = {
  name: 'code-mahalanobis',
  summary:
    'Squared Mahalanobis distance of the code from the mean of normal codes, by a covariance shrunk as Ledoit and Wolf do',
  refuses: noDistances,
  async fit(model, normal) {
    return { ...fitGaussian(await encodeAll(model, normal)) };
  },
  from: (model, fitted) => ({
    score: async (examples) =>
      distances({ mean: fitted.mean!, whitening: fitted.whitening! }, await encodeAll(model, examples)),
  }),
};
