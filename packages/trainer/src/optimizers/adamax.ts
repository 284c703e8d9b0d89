import * as tf from '@tensorflow/tfjs';

import { defineOptimizer } from '../define-optimizer.js';
import { from0, from0Below1 } from '../number-schemas.js';

/**
 * θ ← θ - α · m̂ / u, where m̂ is the bias-corrected mean of the gradient and u ← max(β₂·u, |g| + ε).
 * Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, section 7.1; ε stands where PyTorch puts it.
 *
 * UpdateAdamax: inputs variable, gradient, moment1, norm, hyper
 *   hyper = [ learningRate / (1 - beta1^t), beta1, 1 - beta1, beta2, epsilon ]
 *   moment1  ← h1 · moment1 + h2 · g
 *   norm     ← max(h3 · norm, |g| + h4)
 *   variable ← variable - h0 · moment1 / norm
 */
export const adamax = defineOptimizer({
  options: { beta1: from0Below1, beta2: from0Below1, epsilon: from0 },
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  rule: ({ beta1, beta2, epsilon }) => ({
    kernel: 'UpdateAdamax',
    slots: ['moment1', 'norm'],
    hyper: (step, learningRate) => [learningRate / (1 - beta1 ** step), beta1, 1 - beta1, beta2, epsilon],
    update(variable, gradient, [oldMoment1, oldNorm], [h0, h1, h2, h3, h4]) {
      const moment1 = tf.add(tf.mul(oldMoment1!, h1!), tf.mul(gradient, h2!));
      const norm = tf.maximum(tf.mul(oldNorm!, h3!), tf.add(tf.abs(gradient), h4!));
      return [tf.sub(variable, tf.div(tf.mul(moment1, h0!), norm)), moment1, norm];
    },
  }),
});
