import { encode } from 'fast-png';
import { type DataFile, fileOfBytes, randomNumbers } from '../src/index.js';

/** A PNG file of one value, or of a value a channel. */
export function plainPng(name: string, ...color: number[]): DataFile {
  const data = Uint8Array.from({ length: 4 * color.length }, (_, i) => color[i % color.length]!);
  return fileOfBytes(name, encode({ width: 2, height: 2, channels: color.length, data }));
}

/** Some colour pictures of noise, the same for the same seed, one after the other. */
export function noise(count: number, side: number, seed = 1): Uint8Array {
  const random = randomNumbers(seed, 0);
  return Uint8Array.from({ length: count * side * side * 3 }, () => Math.floor(random.next() * 256));
}
