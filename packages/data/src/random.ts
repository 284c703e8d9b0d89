// Taken out of Math once: these run for every number drawn.
const { floor, imul, sqrt } = Math;
const sqrt3 = sqrt(3);

/** A seeded stream of numbers: the same seed and keys give the same stream on every machine and in every engine. */
export interface RandomNumbers {
  /** One number, uniform in [0, 1). */
  next(): number;
  /** One number of mean 0 and standard deviation 1, bell-shaped and never beyond ±3.5 (a sum of four uniform numbers). */
  bell(): number;
}

/**
 * The generator sfc32 (Chris Doty-Humphrey's Small Fast Chaotic, 2010), started from a seed and two keys, so that image 7 of the
 * training split or epoch 3 has a stream of its own that needs no other to be drawn first.
 */
export function randomNumbers(seed: number, key1: number, key2 = 0): RandomNumbers {
  let a = scramble(seed >>> 0);
  let b = scramble(a ^ (seed / 2 ** 32));
  let c = scramble(b ^ key1);
  let counter = scramble(c ^ key2);

  const draw = () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    return result >>> 0;
  };
  for (let i = 0; i < 12; i++) draw();

  return {
    next: () => draw() / 2 ** 32,
    bell: () => ((draw() + draw() + draw() + draw()) / 2 ** 32 - 2) * sqrt3,
  };
}

/** Puts the values into a random order, in place (Fisher and Yates 1938, as Durstenfeld wrote it down in 1964). */
export function shuffle<T extends { [index: number]: number; length: number }>(
  values: T,
  random: RandomNumbers,
): T {
  for (let i = values.length - 1; i > 0; i--) {
    const j = floor(random.next() * (i + 1));
    const held = values[i]!;
    values[i] = values[j]!;
    values[j] = held;
  }
  return values;
}

/** The finaliser of MurmurHash3: every bit of the input reaches every bit of the result. */
function scramble(word: number): number {
  let h = (word + 0x9e3779b9) | 0;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
