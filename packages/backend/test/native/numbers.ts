import fc from 'fast-check';

// Jest looks every global up through its sandbox, which is slow.
const { imul } = Math;

/** What arithmetic most often gets wrong. */
export const SPECIALS = [NaN, Infinity, -Infinity, 0, -0];

/** Sides that end on, before and after a vector of 4, 8 or 16 floats, and the blocks made of them. */
export const side = (most: number, least = 0): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: least, max: Math.min(most, 9) }),
    fc.constantFrom(...EDGES.filter((edge) => edge >= least && edge <= most), least),
  );

const EDGES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 14, 15, 16, 17, 31, 32, 33, 47, 64, 65, 100, 129, 300];

/** Multiples of 1/64 in [-2, 2] that depend on their place and the seed alone, so that equal ones occur. */
export function numbers(size: number, seed: number, specials: readonly number[] = []): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => {
    const bits = hash(i, seed);
    if (specials.length > 0 && bits % 7 === 0) return specials[(bits >>> 8) % specials.length]!;
    return ((bits >>> 8) % 257) / 64 - 2;
  });
}

/** Whole numbers from `least` to `most`, by place and seed. */
export function wholeNumbers(size: number, seed: number, least: number, most: number): Int32Array {
  return Int32Array.from({ length: size }, (_, i) => least + (hash(i, seed) % (most - least + 1)));
}

/** The finalizer of MurmurHash3 on place and seed. */
function hash(i: number, seed: number): number {
  let h = imul(i + 1, 0x9e3779b1) ^ imul(seed + 1, 0x85ebca77);
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
