import { checkWhole, philoxNext, philoxRandom } from '../philox.js';

/** The numbers of a `RandomStream` of `@ae/models`, bit for bit, in typed arrays instead of tensors. */
export interface NumberStream {
  readonly seed: number;
  /** Blocks of four 32-bit words used so far; may be set, to go back or to resume. */
  counter: number;
  /** One number in [0, 1), with 32 random bits. */
  next(): number;
  /** So many independent standard normals. */
  normal(count: number): Float32Array;
  /** So many independent uniforms in [0, 1). */
  uniform(count: number): Float32Array;
}

/**
 * What `randomStream(seed, counter)` draws, without TensorFlow.js.
 * @param seed a whole number from 0 to 2⁵³ - 1
 * @param counter where to start, in blocks
 * @throws RangeError for any other seed or counter
 */
export function numberStream(seed: number, counter = 0): NumberStream {
  checkWhole('seed', seed);
  checkWhole('counter', counter);
  const draw = (distribution: 'normal' | 'uniform', count: number): Float32Array => {
    const values = philoxRandom({ distribution, shape: [count], seed, counter: stream.counter });
    stream.counter += Math.ceil(count / 4);
    return values;
  };
  const stream: NumberStream = {
    seed,
    counter,
    next: () => philoxNext(seed, stream.counter++),
    normal: (count) => draw('normal', count),
    uniform: (count) => draw('uniform', count),
  };
  return stream;
}
