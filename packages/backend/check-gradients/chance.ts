/** Whole numbers and choices that depend on the seed only. */
export interface Chance {
  /** From `least` to `most`, both included. */
  whole(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  /** As many sides as the rank, each from 1 to `most`. */
  shape(rank: number, most?: number): number[];
  yes(): boolean;
}

/** The stream of one seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    whole,
    pick: (list) => list[whole(0, list.length - 1)]!,
    shape: (rank, most = 4) => Array.from({ length: rank }, () => whole(1, most)),
    yes: () => whole(0, 1) === 1,
  };
}
