import { DataError } from '../data-error.js';
import type { NpyHeader } from './npy-header.js';

/** The values of an array, by their type. */
export type NpyValues =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** An array of NumPy's, of any number of dimensions, the last one fastest. */
export interface Npy {
  shape: number[];
  data: NpyValues;
}

/**
 * The values that lie in `bytes`, as they are where this machine has such, otherwise as the next kind that holds them all.
 * @throws DataError for whole numbers beyond ±2^53
 */
export function valuesOf(bytes: Uint8Array, { type, size, bigEndian }: NpyHeader, file: string): NpyValues {
  const lies = !bigEndian && bytes.byteOffset % size === 0;
  const laid = lies ? bytes : inOrder(bytes, bigEndian ? size : 1);
  const [buffer, byteOffset, count] = [laid.buffer as ArrayBuffer, laid.byteOffset, laid.length / size];
  if (type === 'b1') return Int8Array.from(bytes, (byte) => (byte === 0 ? 0 : 1));
  if (type === 'f2') return Float32Array.from(new Uint16Array(buffer, byteOffset, count), halfToNumber);
  if (type === 'i8') return exact(new BigInt64Array(buffer, byteOffset, count), file);
  if (type === 'u8') return exact(new BigUint64Array(buffer, byteOffset, count), file);
  return new kinds[type as keyof typeof kinds](buffer, byteOffset, count);
}

const kinds = {
  ...{ i1: Int8Array, i2: Int16Array, i4: Int32Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array },
  ...{ f4: Float32Array, f8: Float64Array },
};

/** A copy that begins where any kind of array may, the bytes of each value turned round. */
function inOrder(bytes: Uint8Array, size: number): Uint8Array {
  if (size === 1) return bytes.slice();
  const copy = new Uint8Array(bytes.length);
  for (let i = 0; i < copy.length; i++) copy[i - (i % size) + size - 1 - (i % size)] = bytes[i]!;
  return copy;
}

function exact(integers: BigInt64Array | BigUint64Array, file: string): Float64Array {
  const numbers = new Float64Array(integers.length);
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = Number(integers[i]);
    if (!Number.isSafeInteger(numbers[i]))
      throw new DataError(
        `Cannot read ${file}: found ${integers[i]} as value ${i}, expected whole numbers within ±2^53, which can be held exactly`,
      );
  }
  return numbers;
}

/** IEEE 754 binary16: one bit of sign, five of exponent, ten of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}
