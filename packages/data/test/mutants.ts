import {
  DataError,
  randomNumbers,
  readData,
  fileOfBytes,
  type DataFile,
  type ReadDataOptions,
} from '../src/index.js';

export interface MutantCounts {
  read: number;
  refused: number;
  /** What the slowest took, in milliseconds. */
  slowest: number;
}

export interface MutantOptions extends ReadDataOptions {
  count: number;
  seed?: number;
  /** What lies beside the file. */
  beside?: readonly DataFile[];
  /** Puts checksums right again, so that what lies behind them is tried. */
  mend?: (mutant: Uint8Array) => Uint8Array;
}

/**
 * Reads `count` mutants of a file, each drawn from the seed and its number: bytes changed, cut out, doubled, the end cut off, numbers set to
 * all ones. What is not read must be refused with a DataError.
 * @throws whatever else came, with the number of the mutant
 */
export async function readMutants(
  name: string,
  whole: Uint8Array,
  { count, seed = 1, beside = [], mend = (mutant) => mutant, ...options }: MutantOptions,
): Promise<MutantCounts> {
  const counts = { read: 0, refused: 0, slowest: 0 };
  for (let i = 0; i < count; i++) {
    const bytes = mend(mutantOf(whole, seed, i));
    const start = performance.now();
    try {
      await readData(name, [fileOfBytes(name, bytes), ...beside], options);
      counts.read++;
    } catch (error) {
      if (!(error instanceof DataError)) throw new Error(`mutant ${i} of ${name}`, { cause: error });
      counts.refused++;
    }
    counts.slowest = Math.max(counts.slowest, performance.now() - start);
  }
  return counts;
}

function mutantOf(whole: Uint8Array, seed: number, number: number): Uint8Array {
  const random = randomNumbers(seed, number);
  const below = (end: number) => Math.floor(random.next() * end);
  let bytes = new Uint8Array(whole);
  for (let change = 0; change <= below(4); change++) {
    // Headers are small beside what they announce: half of the changes are within the first or last bytes.
    const near = Math.min(bytes.length, 128);
    const [first, last] = [below(near), bytes.length - 1 - below(near)];
    const at = [first, last, below(bytes.length), below(bytes.length)][below(4)]!;
    const length = 1 + below(8);
    const kind = below(6);
    if (kind === 0) bytes[at] = below(256);
    else if (kind === 1) bytes[at]! ^= 1 << below(8);
    else if (kind === 2) bytes.fill(below(2) * 255, at, at + length);
    else if (kind === 3) bytes = Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + length));
    else if (kind === 4) bytes = Uint8Array.of(...bytes.subarray(0, at + length), ...bytes.subarray(at));
    else bytes = bytes.slice(0, at + 1);
  }
  return bytes;
}
