import { sizeOf } from '@ae/data';

import { meanOfRows } from '../mean-of-rows.js';
import { divergence, drawnNll, drawnNoise, noPosterior } from '../posterior.js';
import type { Score } from '../score.js';

export const negativeElbo: Score = {
  name: 'negative-elbo',
  summary:
    'The bound on −log p(x) that a variational autoencoder is trained on, reconstruction and KL term with weight 1, in nats',
  refuses: noPosterior,
  fit: drawnNoise,
  from: (model, fitted) => ({
    async score(examples) {
      const size = sizeOf(examples.shape);
      const kl = await divergence(model, examples);
      const nll = meanOfRows(await drawnNll(model, examples, fitted), size);
      return nll.map((each, i) => size * each + kl[i]!);
    },
    where: (examples) => drawnNll(model, examples, fitted),
  }),
};
