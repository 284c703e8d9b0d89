/** Numbers that follow from a seed alone. */
export interface SeededRandom {
  /** In [0, 1), with 32 random bits. */
  next(): number;
  /** From a standard normal, by Box and Muller. */
  normal(): number;
}

/** The generator sfc32 of C. Doty-Humphrey's PractRand: four words of state, small enough for a worker. */
export function seededRandom(seed: number): SeededRandom {
  let [a, b, c, counter] = [0, seed | 0, 0, 1];
  const next = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next(); // until the seed has reached all of the state
  return {
    next,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
