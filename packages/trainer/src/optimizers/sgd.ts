import * as tf from '@tensorflow/tfjs';

import { defineOptimizer } from '../define-optimizer.js';
import { from0Below1 } from '../number-schemas.js';

/**
 * θ ← θ - α · v with v ← μ·v + g: stochastic gradient descent, with momentum μ where it is given.
 * Polyak, "Some methods of speeding up the convergence of iteration methods", 1964, in PyTorch's form.
 *
 * UpdateSgd: inputs variable, gradient, velocity, hyper
 *   hyper = [ learningRate, momentum ]
 *   velocity ← h1 · velocity + g
 *   variable ← variable - h0 · velocity
 */
export const sgd = defineOptimizer({
  options: { momentum: from0Below1 },
  defaults: { momentum: 0 },
  rule: ({ momentum }) => ({
    kernel: 'UpdateSgd',
    slots: ['velocity'],
    hyper: (_step, learningRate) => [learningRate, momentum],
    update(variable, gradient, [oldVelocity], [h0, h1]) {
      const velocity = tf.add(tf.mul(oldVelocity!, h1!), gradient);
      return [tf.sub(variable, tf.mul(velocity, h0!)), velocity];
    },
  }),
});
