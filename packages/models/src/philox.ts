import { normalQuantile } from './normal-quantile.js';

const { floor, imul } = Math;

/** What a backend implements under the kernel name `PhiloxRandom`, with the bits of `philoxRandom`. */
export interface PhiloxRandomAttrs {
  distribution: 'normal' | 'uniform';
  shape: number[];
  seed: number;
  counter: number;
}

/** The numbers of one draw: element i comes from word i mod 4 of block `counter + ⌊i / 4⌋`. */
export function philoxRandom({ distribution, shape, seed, counter }: PhiloxRandomAttrs): Float32Array {
  const values = new Float32Array(shape.reduce((size, side) => size * side, 1));
  const fromWord = distribution === 'normal' ? normalFromWord : uniformFromWord;
  for (let i = 0; i < values.length; i++) {
    if (i % 4 === 0) block(seed, counter + i / 4, words);
    values[i] = fromWord(words[i % 4]!);
  }
  return values;
}

/** One number in [0, 1) with 32 random bits: the first word of block `counter`. */
export function philoxNext(seed: number, counter: number): number {
  block(seed, counter, words);
  return words[0]! / 2 ** 32;
}

const words = new Uint32Array(4);
const normalFromWord = (word: number) => normalQuantile((word + 0.5) / 2 ** 32);
const uniformFromWord = (word: number) => (word >>> 8) / 2 ** 24;

/** Ten rounds of Philox4x32 on the counter `(index, 0)` under the key `seed`, both as two 32-bit words. */
function block(seed: number, index: number, out: Uint32Array): void {
  let key0 = seed >>> 0;
  let key1 = floor(seed / 2 ** 32) >>> 0;
  let x0 = index >>> 0;
  let x1 = floor(index / 2 ** 32) >>> 0;
  let x2 = 0;
  let x3 = 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, x0);
    const low0 = imul(0xd2511f53, x0);
    const high1 = multiplyHigh(0xcd9e8d57, x2);
    const low1 = imul(0xcd9e8d57, x2);
    x0 = (high1 ^ x1 ^ key0) >>> 0;
    x1 = low1 >>> 0;
    x2 = (high0 ^ x3 ^ key1) >>> 0;
    x3 = low0 >>> 0;
    key0 = (key0 + 0x9e3779b9) >>> 0;
    key1 = (key1 + 0xbb67ae85) >>> 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
}

/** The upper 32 bits of a 32 × 32-bit product, by halves, none of whose sums passes 32 bits. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (imul(aHigh, bLow) >>> 0) + (imul(aLow, bLow) >>> 16);
  const carry = (imul(aLow, bHigh) >>> 0) + (middle & 0xffff);
  return (imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) >>> 0;
}

/** @throws RangeError for a seed or a counter that is no whole number from 0 to 2⁵³ - 1 */
export function checkWhole(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(
      `Cannot make a random stream: ${what} is ${value}, expected a whole number from 0 to 2^53 - 1`,
    );
}
