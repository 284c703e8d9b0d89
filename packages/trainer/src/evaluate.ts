import type { Autoencoder, RandomStream } from '@ae/models';

import type { BatchSource } from './batch.js';
import { breathe } from './breathe.js';
import { batchDoor } from './check-batch.js';
import { runningMean } from './running-mean.js';
import { evaluationStep, type Terms } from './step.js';
import { stopwatch } from './stopwatch.js';

/**
 * Where evaluation draws its noise: far from all that training reaches, and the same every time, so that two
 * measurements differ by the weights alone.
 */
const EVALUATION_COUNTER = 2 ** 52;
/** Seconds after which timers and signals have their turn. */
const BREATHE_EVERY = 0.05;

/**
 * Every loss term of the model over all images of a source, reduced as in training (summed over pixels, averaged
 * over images), with dropout and other noise of the training off; and `mse`, the mean over pixels and images of
 * (decode(encode(x)) - x)². A VAE's terms still draw a code from the posterior: that is what its bound says. The
 * same seed gives the same numbers, and the stream is left as it was.
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
  const door = batchDoor('Cannot evaluate', model);
  const means = runningMean();
  const before = random.counter;
  random.counter = EVALUATION_COUNTER;
  try {
    let sinceBreath = stopwatch();
    for (const batch of source.epoch(1)) {
      means.add(await evaluationStep(model, door(batch), random), batch.size);
      if (sinceBreath() < BREATHE_EVERY) continue;
      await breathe();
      if (stopped()) return 'stopped';
      sinceBreath = stopwatch();
    }
    return means.mean();
  } finally {
    random.counter = before;
  }
}
