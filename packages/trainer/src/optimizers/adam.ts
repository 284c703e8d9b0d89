import * as tf from '@tensorflow/tfjs';

import { defineOptimizer } from '../define-optimizer.js';
import { from0, from0Below1 } from '../number-schemas.js';

/**
 * θ ← θ - α · m̂ / (√v̂ + ε), where m̂ and v̂ are bias-corrected means of the gradient and of its square.
 * Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, with the paper's defaults; as torch.optim.Adam.
 *
 * UpdateAdam: inputs variable, gradient, moment1, moment2, hyper
 *   hyper = [ learningRate / (1 - beta1^t), beta1, 1 - beta1, beta2, 1 - beta2, 1 / √(1 - beta2^t), epsilon ]
 *           [ h0                          , h1   , h2       , h3   , h4       , h5                , h6      ]
 *   moment1  ← h1 · moment1 + h2 · g
 *   moment2  ← h3 · moment2 + h4 · g · g
 *   variable ← variable - h0 · moment1 / (√moment2 · h5 + h6)
 */
export const adam = defineOptimizer({
  options: { beta1: from0Below1, beta2: from0Below1, epsilon: from0 },
  defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  rule: ({ beta1, beta2, epsilon }) => ({
    kernel: 'UpdateAdam',
    slots: ['moment1', 'moment2'],
    hyper: (step, learningRate) => [
      learningRate / (1 - beta1 ** step),
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      1 / Math.sqrt(1 - beta2 ** step),
      epsilon,
    ],
    update(variable, gradient, [oldMoment1, oldMoment2], [h0, h1, h2, h3, h4, h5, h6]) {
      const moment1 = tf.add(tf.mul(oldMoment1!, h1!), tf.mul(gradient, h2!));
      const moment2 = tf.add(tf.mul(oldMoment2!, h3!), tf.mul(tf.square(gradient), h4!));
      const denominator = tf.add(tf.mul(tf.sqrt(moment2), h5!), h6!);
      return [tf.sub(variable, tf.div(tf.mul(moment1, h0!), denominator)), moment1, moment2];
    },
  }),
});
