import { sizeOf } from '@ae/data';

import { meanOfRows } from '../mean-of-rows.js';
import { squaredErrors } from '../reconstruct.js';
import type { Score } from '../score.js';

export const reconstructionError: Score = {
  name: 'reconstruction-error',
  summary: 'Mean over the values of an example of the squared error of its reconstruction',
  from: (model) => ({
    score: async (examples) => meanOfRows(await squaredErrors(model, examples), sizeOf(examples.shape)),
    where: (examples) => squaredErrors(model, examples),
  }),
};
