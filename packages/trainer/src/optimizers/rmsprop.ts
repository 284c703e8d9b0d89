import * as tf from '@tensorflow/tfjs';

import type { OptimizerKind } from '../optimizer.js';

/**
 * θ ← θ - α · v with v ← μ·v + g / (√s + ε), where s is a running mean of g².
 * Tieleman & Hinton, "Lecture 6.5: rmsprop", Coursera, 2012, with its decay of 0.9; ε and μ as in PyTorch.
 */
export const rmsprop: OptimizerKind = {
  defaults: { decay: 0.9, epsilon: 1e-8, momentum: 0 },
  rule: ({ decay, epsilon, momentum }) => ({
    kernel: 'UpdateRmsprop',
    slots: ['meanSquare', 'velocity'],
    hyper: (_step, learningRate) => [learningRate, decay!, 1 - decay!, epsilon!, momentum!],
    update(variable, gradient, [oldMeanSquare, oldVelocity], [h0, h1, h2, h3, h4]) {
      const meanSquare = tf.add(tf.mul(oldMeanSquare!, h1!), tf.mul(tf.square(gradient), h2!));
      const scaled = tf.div(gradient, tf.add(tf.sqrt(meanSquare), h3!));
      const velocity = tf.add(tf.mul(oldVelocity!, h4!), scaled);
      return [tf.sub(variable, tf.mul(velocity, h0!)), meanSquare, velocity];
    },
  }),
};
