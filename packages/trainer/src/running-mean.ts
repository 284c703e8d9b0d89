/** The sums behind some means, as plain data. */
export interface MeanState {
  images: number;
  sums: Record<string, number>;
}

/** Means over images of what is known per batch, so that a last, smaller batch counts for less. */
export interface RunningMean {
  add(terms: Record<string, number>, images: number): void;
  /** By name; empty before the first `add`. */
  mean(): Record<string, number>;
  state(): MeanState;
}

export function runningMean({ images, sums }: MeanState = { images: 0, sums: {} }): RunningMean {
  const total = { ...sums };
  return {
    add(terms, size) {
      for (const [name, value] of Object.entries(terms)) total[name] = (total[name] ?? 0) + value * size;
      images += size;
    },
    mean: () => Object.fromEntries(Object.entries(total).map(([name, sum]) => [name, sum / images])),
    state: () => ({ images, sums: { ...total } }),
  };
}
