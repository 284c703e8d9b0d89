/** Numbers in (0, 1) that follow from a seed alone: the generator of S. K. Park & K. W. Miller, "Random number generators: good ones are hard to find", 1988. */
export function parkMiller(seed: number): () => number {
  let state = 1 + (Math.abs(Math.trunc(seed)) % (MODULUS - 1));
  return () => {
    state = (state * 48271) % MODULUS;
    return state / MODULUS;
  };
}

const MODULUS = 2 ** 31 - 1;
