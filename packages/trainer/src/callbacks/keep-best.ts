import { assignWeights, namedWeights, type BestSpec, type TensorData } from '@ae/models';

import { bestSoFar } from '../best.js';
import type { Callback } from '../callback.js';
import { readTensors } from '../tensor-data.js';

/**
 * Remembers the weights of the best epoch and puts them back when the run ends.
 * @param best @default the lowest `validation.loss`
 */
export function keepBest(best?: BestSpec): Callback {
  const soFar = bestSoFar(best, 'keepBest');
  let weights: Record<string, TensorData> | undefined;
  return {
    name: `keep-best ${soFar.name}`,
    onStart: soFar.start,
    async onEpoch(run, row) {
      if (!soFar.improves(row)) return;
      soFar.keep(row);
      weights = await readTensors(namedWeights(run.model));
    },
    onEnd(run) {
      if (weights) assignWeights(run.model, weights);
    },
    state: () => ({ values: soFar.state(), ...(weights && { tensors: weights }) }),
    restore({ values, tensors }) {
      soFar.restore(values);
      weights = tensors;
    },
  };
}
