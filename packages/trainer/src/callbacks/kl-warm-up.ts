import * as tf from '@tensorflow/tfjs';

import type { Callback } from '../callback.js';

export interface KlWarmUpOptions {
  /** Over which the weight rises, a fraction allowed. */
  epochs: number;
}

/**
 * Raises the weight of the KL term from 0 to its full value, in equal parts per step: `termWeights.kl` of every
 * objective that has one. Validation always sees the full weight, so that its losses can be compared.
 * Bowman et al., "Generating sentences from a continuous space", CoNLL 2016, section 3.1.
 */
export function klWarmUp({ epochs }: KlWarmUpOptions): Callback {
  if (!(epochs > 0 && epochs < Infinity))
    throw new RangeError(`Cannot warm up the KL term: epochs is ${epochs}, expected a number above 0`);
  let weights: { variable: tf.Variable; full: number }[] = [];
  let share = 1;
  const assign = (next: number) => {
    if (next === share) return;
    share = next;
    for (const { variable, full } of weights) tf.tidy(() => variable.assign(tf.scalar(full * share)));
  };
  return {
    name: 'kl-warm-up',
    async onStart({ model }) {
      const variables = Object.values(model.objectives).flatMap(({ termWeights }) => termWeights?.kl ?? []);
      if (variables.length === 0)
        throw new TypeError(
          'Cannot warm up the KL term: no objective has termWeights.kl, expected one at least',
        );
      weights = await Promise.all(
        variables.map(async (variable) => ({ variable, full: (await variable.data())[0]! })),
      );
    },
    beforeStep: (run) => assign(Math.min(1, run.step / (epochs * run.batchesPerEpoch))),
    beforeValidation: () => assign(1),
    onEnd: () => assign(1),
  };
}
