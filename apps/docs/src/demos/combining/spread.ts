/** One dimension of a set of codes. */
export interface Spread {
  dimension: number;
  /** Between which a slider should move: three standard deviations to either side of the mean, and all codes. */
  low: number;
  high: number;
}

/** Every dimension, those with the largest variance first. */
export function spreadOf(codes: Float32Array[]): Spread[] {
  return Array.from(codes[0]!, (_, dimension) => {
    const values = codes.map((code) => code[dimension]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const reach = 3 * Math.max(Math.sqrt(variance), 0.5);
    const [low, high] = [Math.min(mean - reach, ...values), Math.max(mean + reach, ...values)];
    return { dimension, variance, low, high };
  })
    .sort((a, b) => b.variance - a.variance)
    .map(({ dimension, low, high }) => ({ dimension, low, high }));
}
