// How improbable an example is from the codes that it may have.
// J. An & S. Cho, "Variational autoencoder based anomaly detection using reconstruction probability", SNU, 2015.
import { sizeOf } from '@ae/data';

import { meanOfRows } from '../mean-of-rows.js';
import { drawnNll, drawnNoise, noPosterior } from '../posterior.js';
import type { Score } from '../score.js';

export const reconstructionProbability: Score = {
  name: 'reconstruction-probability',
  summary: '−log p(x | z), averaged over draws of z from the posterior, in nats',
  refuses: noPosterior,
  fit: drawnNoise,
  from: (model, fitted) => ({
    async score(examples) {
      const size = sizeOf(examples.shape);
      return meanOfRows(await drawnNll(model, examples, fitted), size).map((each) => size * each);
    },
    where: (examples) => drawnNll(model, examples, fitted),
  }),
};
