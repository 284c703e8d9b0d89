import { encodeAll } from '@ae/models';

import { noDistances } from '../code-kind.js';
import { neighbourDistances, neighbourhood } from '../neighbours.js';
import type { Score } from '../score.js';

export const codeNeighbours: Score = {
  name: 'code-neighbours',
  summary:
    'Mean distance of the code to its nearest tenth of 2,000 normal codes, in standard deviations of their coordinates',
  refuses: noDistances,
  async fit(model, normal, random) {
    return { ...neighbourhood(await encodeAll(model, normal), random) };
  },
  from: (model, { mean, deviation, points }) => ({
    score: async (examples) =>
      neighbourDistances(
        { mean: mean!, deviation: deviation!, points: points! },
        await encodeAll(model, examples),
      ),
  }),
};
