/** From one share to another, both from 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Clopper and Pearson's exact interval for a probability of which `hits` of `count` trials are known: it holds the truth in
 * at least the given share of cases (Biometrika 26, 1934). Neither Wilson's, which is narrower and holds it in that share on
 * average only.
 * @param confidence @default 0.95
 * @throws RangeError where `hits` are no whole number from 0 to `count`, or the confidence is not between 0 and 1
 */
export function binomialInterval(hits: number, count: number, confidence = 0.95): Interval {
  if (![hits, count].every(Number.isSafeInteger) || hits < 0 || count < 1 || hits > count)
    throw new RangeError(
      `Cannot give an interval: found ${hits} of ${count}, expected whole numbers from 0 to the count`,
    );
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`Cannot give an interval: found confidence ${confidence}, expected between 0 and 1`);
  const tail = (1 - confidence) / 2;
  return {
    low: hits === 0 ? 0 : betaQuantile(tail, hits, count - hits + 1),
    high: hits === count ? 1 : betaQuantile(1 - tail, hits + 1, count - hits),
  };
}

/** The x below which a beta distribution has the given probability, by halving: as exact as doubles are. */
export function betaQuantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (betaProbability(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** I(x; a, b), the regularised incomplete beta function, by its continued fraction (DLMF 8.17.22). */
function betaProbability(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaProbability(1 - x, b, a); // where the fraction converges soon
  const front = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (Math.exp(front) / a) * fraction(x, a, b);
}

/** 1 / (1 + d₁/(1 + d₂/(1 + …))), from the front (Lentz 1976). */
function fraction(x: number, a: number, b: number): number {
  let [c, d] = [1, 1 / (1 - ((a + b) * x) / (a + 1))];
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const before = value;
    for (const term of [
      (m * (b - m) * x) / (a + 2 * m - 1) / (a + 2 * m),
      (-(a + m) * (a + b + m) * x) / (a + 2 * m) / (a + 2 * m + 1),
    ]) {
      d = 1 / (1 + term * d);
      c = 1 + term / c;
      value *= c * d;
    }
    if (Math.abs(value - before) <= 1e-16 * value) break;
  }
  return value;
}

/** log Γ(x) for x ≥ 1: Stirling's series (DLMF 5.11.1) where it is exact to doubles, reached by Γ(x + 1) = x·Γ(x). */
export function logGamma(x: number): number {
  if (x < 15) return logGamma(x + 1) - Math.log(x);
  const square = 1 / x ** 2;
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}
