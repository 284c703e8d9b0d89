import { logGamma, type Interval } from './binomial-interval.js';

/**
 * Between which shares of `tested` examples that belong give an alarm with 95 %, where `above` of `heldOut` like them lie above
 * the threshold, which is the highest score of the rest: both the threshold and the test are chance, and their number follows
 * a beta-binomial distribution, BetaBin(tested, above + 1, heldOut − above).
 */
export function alarmBand(above: number, heldOut: number, tested: number): Interval {
  const [a, b] = [above + 1, heldOut - above];
  const logBeta = (x: number, y: number) => logGamma(x) + logGamma(y) - logGamma(x + y);
  const logChoose = (k: number) => -Math.log(tested + 1) - logBeta(tested - k + 1, k + 1);
  const probability = (k: number) => Math.exp(logChoose(k) + logBeta(k + a, tested - k + b) - logBeta(a, b));
  let [low, k, sum] = [0, 0, probability(0)];
  while (sum < 0.025) sum += probability((low = ++k));
  while (sum < 0.975 && k < tested) sum += probability(++k);
  return { low: low / tested, high: k / tested };
}
