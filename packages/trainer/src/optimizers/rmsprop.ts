import * as tf from '@tensorflow/tfjs';

import { defineOptimizer } from '../define-optimizer.js';
import { from0, from0Below1 } from '../number-schemas.js';

/**
 * θ ← θ - α · v with v ← μ·v + g / (√s + ε), where s is a running mean of g².
 * Tieleman & Hinton, "Lecture 6.5: rmsprop", Coursera, 2012, with its decay of 0.9; ε and μ as in PyTorch.
 *
 * UpdateRmsprop: inputs variable, gradient, meanSquare, velocity, hyper
 *   hyper = [ learningRate, decay, 1 - decay, epsilon, momentum ]
 *   meanSquare ← h1 · meanSquare + h2 · g · g
 *   velocity   ← h4 · velocity + g / (√meanSquare + h3)
 *   variable   ← variable - h0 · velocity
 */
export const rmsprop = defineOptimizer({
  options: { decay: from0Below1, epsilon: from0, momentum: from0Below1 },
  defaults: { decay: 0.9, epsilon: 1e-8, momentum: 0 },
  rule: ({ decay, epsilon, momentum }) => ({
    kernel: 'UpdateRmsprop',
    slots: ['meanSquare', 'velocity'],
    hyper: (_step, learningRate) => [learningRate, decay, 1 - decay, epsilon, momentum],
    update(variable, gradient, [oldMeanSquare, oldVelocity], [h0, h1, h2, h3, h4]) {
      const meanSquare = tf.add(tf.mul(oldMeanSquare!, h1!), tf.mul(tf.square(gradient), h2!));
      const scaled = tf.div(gradient, tf.add(tf.sqrt(meanSquare), h3!));
      const velocity = tf.add(tf.mul(oldVelocity!, h4!), scaled);
      return [tf.sub(variable, tf.mul(velocity, h0!)), meanSquare, velocity];
    },
  }),
});
