import type { Autoencoder, Batch, RandomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { freeTensors, toTensors, type BatchSource, type ExampleBatch } from './batch.js';
import { batchChecker } from './batch-checker.js';
import { eachBatch } from './each-batch.js';
import { copyScalars, lossTerms } from './gradient-step.js';
import { runningMean } from './running-mean.js';
import { stopwatch } from './stopwatch.js';
import { joinTerms, readTerms, type Terms } from './terms.js';
import { yieldToEvents } from './yield-to-events.js';

/**
 * Where evaluation draws its noise: far from all that training reaches, and the same every time, so that two
 * measurements differ by the weights alone.
 */
const EVALUATION_COUNTER = 2 ** 52;
/** Seconds after which timers and signals have their turn. */
const YIELD_EVERY = 0.05;

/**
 * Every loss term of the model over all images of a source, reduced as in training (summed over pixels, averaged
 * over images), with dropout and other noise of the training off; and `mse`, the mean over pixels and images of
 * (decode(encode(x)) - x)², of each image over the values that are not missing. A VAE's terms still draw a code from the
 * posterior: that is what its bound says. The same seed gives the same numbers, and the stream is left as it was.
 * @throws RangeError for a source without images
 */
export async function evaluate(
  model: Autoencoder,
  source: BatchSource,
  { random }: { random: RandomStream },
): Promise<Terms> {
  const measured = await evaluateUntil(model, source, random, () => false);
  return measured as Terms;
}

/** As `evaluate`, given up as soon as `stopped` says so. */
export async function evaluateUntil(
  model: Autoencoder,
  source: BatchSource,
  random: RandomStream,
  stopped: () => boolean,
): Promise<Terms | 'stopped'> {
  if (source.length < 1) throw new RangeError('Cannot evaluate: found no batch, expected one at least');
  const checkBatch = batchChecker('Cannot evaluate', model);
  const means = runningMean();
  const before = random.counter;
  random.counter = EVALUATION_COUNTER;
  let isStopped = false;
  let sinceYield = stopwatch();
  const measure = async (batch: ExampleBatch) => {
    means.add(await termsOf(model, checkBatch(batch), random), batch.size);
    if (sinceYield() < YIELD_EVERY) return;
    await yieldToEvents();
    isStopped = stopped();
    sinceYield = stopwatch();
  };
  try {
    await eachBatch(source.epoch(1), measure, () => isStopped);
    return isStopped ? 'stopped' : means.mean();
  } finally {
    random.counter = before;
  }
}

/** Every loss term of a batch without what only training does, and `mse`. */
async function termsOf(model: Autoencoder, batch: ExampleBatch, random: RandomStream): Promise<Terms> {
  const tensors = toTensors(batch);
  try {
    const losses = Object.values(model.objectives).map((objective) =>
      readTerms(tf.tidy(() => copyScalars(lossTerms(objective, tensors, random, false)))),
    );
    const mse = readTerms(tf.tidy(() => ({ mse: meanSquaredError(model, tensors) })));
    return { ...joinTerms(Object.keys(model.objectives), await Promise.all(losses)), ...(await mse) };
  } finally {
    freeTensors(tensors);
  }
}

function meanSquaredError(model: Autoencoder, { images, ...given }: Batch): tf.Scalar {
  const reconstructions = model.decode(model.encode(images, given), given);
  if (!model.missing) return tf.mean(tf.squaredDifference(reconstructions, images));
  const missing = tf.isNaN(images);
  const errors = tf.squaredDifference(reconstructions, tf.where(missing, reconstructions, images));
  const ofExample = (values: tf.Tensor) => tf.sum(tf.reshape(values, [images.shape[0]!, -1]), 1);
  return tf.mean(
    tf.div(ofExample(errors), tf.maximum(ofExample(tf.cast(tf.logicalNot(missing), 'float32')), 1)),
  );
}
