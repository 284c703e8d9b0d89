import * as tf from '@tensorflow/tfjs';

import { checkWhole, philoxNext, philoxRandom, type PhiloxRandomAttrs } from './philox.js';

const { ceil } = Math;

/**
 * A counter-based stream of random numbers: `(seed, counter)` is its whole state, so saving two numbers saves it.
 * The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011); every draw takes whole blocks of four 32-bit words. The bits are the same on every backend.
 */
export interface RandomStream {
  readonly seed: number;
  /** Blocks used so far; may be set, to go back or to resume. */
  counter: number;
  /** One number in [0, 1), with 32 random bits. */
  next(): number;
  /** A float32 tensor of independent standard normals. */
  normal(shape: number[]): tf.Tensor;
  /** A float32 tensor of independent uniforms in [0, 1). */
  uniform(shape: number[]): tf.Tensor;
}

/**
 * @param seed a whole number from 0 to 2⁵³ - 1
 * @param counter where to start, in blocks
 * @throws RangeError for any other seed or counter
 */
export function randomStream(seed: number, counter = 0): RandomStream {
  checkWhole('seed', seed);
  checkWhole('counter', counter);
  const draw = (distribution: PhiloxRandomAttrs['distribution'], shape: number[]): tf.Tensor => {
    const attrs: PhiloxRandomAttrs = { distribution, shape, seed, counter: stream.counter };
    stream.counter += ceil(tf.util.sizeFromShape(shape) / 4);
    return tf.getKernel('PhiloxRandom', tf.getBackend())
      ? (tf.engine().runKernel('PhiloxRandom', {}, attrs as unknown as tf.NamedAttrMap) as tf.Tensor)
      : tf.tensor(philoxRandom(attrs), shape, 'float32');
  };
  const stream: RandomStream = {
    seed,
    counter,
    next() {
      return philoxNext(seed, stream.counter++);
    },
    normal: (shape) => draw('normal', shape),
    uniform: (shape) => draw('uniform', shape),
  };
  return stream;
}
