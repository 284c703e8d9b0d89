import * as tf from '@tensorflow/tfjs';

/** Seconds since it was made, on top of those that were measured before. */
export function stopwatch(before = 0): () => number {
  const start = tf.util.now();
  return () => before + (tf.util.now() - start) / 1000;
}
