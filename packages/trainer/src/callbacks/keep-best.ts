import { assignWeights, namedWeights, type TensorData } from '@ae/models';

import type { Callback } from '../callback.js';
import { columnOf } from '../column.js';
import { readTensors } from '../tensor-data.js';

export interface KeepBestOptions {
  /** What is best where it is lowest. @default 'validation.loss' */
  column?: string;
}

/** Remembers the weights of the best epoch and puts them back when the run ends. */
export function keepBest({ column = 'validation.loss' }: KeepBestOptions = {}): Callback {
  let best = Infinity;
  let weights: Record<string, TensorData> | undefined;
  return {
    name: `keep-best ${column}`,
    async onEpoch(run, row) {
      const value = columnOf(row, column, 'keepBest');
      if (!(value < best)) return;
      best = value;
      weights = await readTensors(namedWeights(run.model));
    },
    onEnd(run) {
      if (weights) assignWeights(run.model, weights);
    },
    state: () => ({ values: { best }, ...(weights && { tensors: weights }) }),
    restore({ values, tensors }) {
      best = values.best!;
      weights = tensors;
    },
  };
}
