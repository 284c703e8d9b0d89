import type { Batch, LossTerms, Objective, RandomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { Optimizer } from './optimizer.js';

/** Changes the variables of one objective by one batch; gives its loss terms before, as scalars that the caller frees. */
export type GradientStep = (
  batch: Batch,
  hyper: tf.Tensor1D,
  random: RandomStream,
) => Record<string, tf.Scalar>;

/** In TensorFlow.js's own operations. */
export const gradientStep =
  (objective: Objective, optimizer: Optimizer): GradientStep =>
  (batch, hyper, random) => {
    let kept: Record<string, tf.Scalar> = {};
    tf.tidy(() => {
      const { grads } = tf.variableGrads(() => {
        const terms = lossTerms(objective, batch, random, true);
        kept = copyScalars(terms);
        Object.values(kept).forEach((term) => tf.keep(term));
        return terms.loss;
      }, objective.variables());
      optimizer.update(grads, hyper);
    });
    return kept;
  };

/** @throws TypeError where none is called loss, or one is no scalar */
export function lossTerms(
  objective: Objective,
  batch: Batch,
  random: RandomStream,
  training: boolean,
): LossTerms {
  const terms = objective.loss(batch, random, training);
  if (!terms.loss)
    throw new TypeError(
      `Cannot use loss terms: found ${Object.keys(terms).join(', ') || 'none'}, expected one called loss`,
    );
  for (const [name, term] of Object.entries(terms))
    if (term.rank !== 0)
      throw new TypeError(`Cannot use loss term "${name}": found shape [${term.shape}], expected a scalar`);
  return terms;
}

/** A term may be a variable, or the same tensor as another one; its copy is ours to free. */
export const copyScalars = (terms: Record<string, tf.Scalar>): Record<string, tf.Scalar> =>
  Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, tf.cast(term, 'float32')]));
