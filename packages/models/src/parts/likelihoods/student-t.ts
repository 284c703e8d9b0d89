import * as tf from '@tensorflow/tfjs';

import type { LikelihoodKind } from '../../likelihood.js';
import { batchMean } from '../batch-mean.js';
import { learnedVariance } from '../learned-variance.js';

/**
 * A value far out costs a Gaussian its squared distance and a Student-t the logarithm of it, so that some of them do not
 * draw the model to themselves (K. L. Lange, R. J. A. Little & J. M. G. Taylor, "Robust statistical modeling using the
 * t distribution", JASA 84, 1989, who take 4 degrees of freedom where they are not estimated; learning starts there).
 */
export const studentT: LikelihoodKind = {
  name: 'student-t',
  summary: 'Of any values some of which lie far out, around the location that the decoder gives',
  reads: ['variance', 'degreesOfFreedom'],
  make(options) {
    const { logVariance, parameters } = learnedVariance(options);
    const fixed = options.degreesOfFreedom;
    const logit = fixed > 0 ? undefined : tf.variable(tf.scalar(Math.log(3 / (MOST - 3))));
    const degrees = () =>
      (logit ? tf.add(tf.mul(tf.sigmoid(logit), MOST), 1) : tf.scalar(fixed)) as tf.Scalar;
    return {
      range: 'any',
      output: (body) => body.output('linear'),
      mean: [],
      parameters: { ...parameters, ...(logit && { degreesLogit: logit }) },
      nll: (locations, examples) => studentTNlls(locations, logVariance(), degrees(), examples),
    };
  },
};

/** Learned degrees of freedom lie from 1, below which there is no mean, to 101, where it is all but a Gaussian. */
const MOST = 100;

/**
 * -log p(x | z) of a decoder with a Student-t of ν degrees of freedom around every value:
 * Σ (ν+1)/2 · log(1 + (x - μ)²/(ν·σ²)) + ½ log(ν·π·σ²) - log Γ((ν+1)/2) + log Γ(ν/2), summed over values, averaged over
 * the batch, in nats of a density. σ² is the squared scale; the variance is ν/(ν - 2) times it.
 * @param locations of the shape of `images`, `[batch, …]`
 * @param logVariance log σ², one for all values, or of the shape of one image
 * @param degrees ν, above 0
 */
export function studentTNll(
  locations: tf.Tensor,
  logVariance: tf.Tensor,
  degrees: tf.Scalar,
  images: tf.Tensor,
): tf.Scalar {
  return batchMean(studentTNlls(locations, logVariance, degrees, images));
}

function studentTNlls(
  locations: tf.Tensor,
  logVariance: tf.Tensor,
  degrees: tf.Scalar,
  images: tf.Tensor,
): tf.Tensor {
  const distances = tf.mul(tf.squaredDifference(locations, images), tf.exp(tf.neg(logVariance)));
  const tails = tf.mul(tf.log1p(tf.div(distances, degrees)), tf.mul(tf.add(degrees, 1), 0.5));
  const half = tf.mul(degrees, 0.5) as tf.Scalar;
  const width = tf.mul(tf.add(tf.add(logVariance, tf.log(degrees)), Math.log(Math.PI)), 0.5);
  return tf.add(tails, tf.sub(width, logGammaRise(half)));
}

/** How often Γ(x + 1) = x·Γ(x) is used, until the series is exact to float32. */
const STEPS = [0, 1, 2, 3];

/**
 * log Γ(x + ½) - log Γ(x) for x above 0, without the two large numbers: from x + 4 on by its asymptotic series
 * ½ log x - 1/(8x) + 1/(192x³) - 1/(640x⁵) (F. Tricomi & A. Erdélyi, "The asymptotic expansion of a ratio of gamma
 * functions", Pacific J. Math. 1, 1951), and down from there by Γ(x + 1) = x·Γ(x).
 */
function logGammaRise(x: tf.Scalar): tf.Tensor {
  const steps = tf.add(x, tf.tensor1d(STEPS));
  const down = tf.sum(tf.log(tf.div(steps, tf.add(steps, 0.5))));
  const far = tf.add(x, STEPS.length);
  const inverse = tf.reciprocal(far);
  const square = tf.square(inverse);
  // inverse · (-1/8 + square · (1/192 - square / 640))
  const inner = tf.add(tf.mul(tf.add(tf.mul(square, -1 / 640), 1 / 192), square), -1 / 8);
  return tf.add(tf.add(tf.mul(tf.log(far), 0.5), tf.mul(inner, inverse)), down);
}
