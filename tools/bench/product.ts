import * as tf from '@tensorflow/tfjs';

/** How often per second the backend in use multiplies [m, k] by [k, n]; the best of a few spells. */
export function productsPerSecond([m, k, n]: number[], seconds: number): number {
  const a = tf.fill([m!, k!], 0.5) as tf.Tensor2D;
  const b = tf.fill([k!, n!], 0.25) as tf.Tensor2D;
  let best = 0;
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    for (let i = 0; i < 50; i++) tf.matMul(a, b).dispose();
    best = Math.max(best, 50_000 / (performance.now() - start));
  }
  tf.dispose([a, b]);
  return best;
}
