import type { OptimizerSpec } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { adam } from './optimizers/adam.js';
import { adamax } from './optimizers/adamax.js';
import { rmsprop } from './optimizers/rmsprop.js';
import { sgd } from './optimizers/sgd.js';

/*
 * A backend may register whole updates as kernels without outputs, which write their inputs in place. `g` is the
 * gradient, √, ·, / and max act element by element in float32, and `hyper` is a float32 vector with the scalars
 * of this step, computed in double precision and then rounded. t counts the steps from 1.
 *
 * UpdateAdam     inputs variable, gradient, moment1, moment2, hyper
 *   hyper = [ learningRate / (1 - beta1^t), beta1, 1 - beta1, beta2, 1 - beta2, 1 / √(1 - beta2^t), epsilon ]
 *           [ h0                          , h1   , h2       , h3   , h4       , h5                , h6      ]
 *   moment1  ← h1 · moment1 + h2 · g
 *   moment2  ← h3 · moment2 + h4 · g · g
 *   variable ← variable - h0 · moment1 / (√moment2 · h5 + h6)
 *
 * UpdateAdamax   inputs variable, gradient, moment1, norm, hyper
 *   hyper = [ learningRate / (1 - beta1^t), beta1, 1 - beta1, beta2, epsilon ]
 *   moment1  ← h1 · moment1 + h2 · g
 *   norm     ← max(h3 · norm, |g| + h4)
 *   variable ← variable - h0 · moment1 / norm
 *
 * UpdateSgd      inputs variable, gradient, velocity, hyper
 *   hyper = [ learningRate, momentum ]
 *   velocity ← h1 · velocity + g
 *   variable ← variable - h0 · velocity
 *
 * UpdateRmsprop  inputs variable, gradient, meanSquare, velocity, hyper
 *   hyper = [ learningRate, decay, 1 - decay, epsilon, momentum ]
 *   meanSquare ← h1 · meanSquare + h2 · g · g
 *   velocity   ← h4 · velocity + g / (√meanSquare + h3)
 *   variable   ← variable - h0 · velocity
 *
 * These are PyTorch's definitions (torch.optim.Adam, Adamax, SGD, RMSprop without their options).
 */

/** How one kind of optimiser changes a variable: what it remembers, its scalars, and its formulas. */
export interface UpdateRule {
  /** The kernel that does the whole update in place, where the backend has it. */
  kernel: string;
  /** What is kept for every variable, of its shape and zero at first. */
  slots: readonly string[];
  /** The scalars of step `step`, counted from 1, in the order above. */
  hyper(step: number, learningRate: number): number[];
  /** The new values, `[variable, ...slots]`, in plain operations; `hyper` holds float32 values. */
  update(variable: tf.Tensor, gradient: tf.Tensor, slots: tf.Tensor[], hyper: readonly number[]): tf.Tensor[];
}
