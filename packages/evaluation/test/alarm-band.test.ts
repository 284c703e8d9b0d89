import { randomNumbers } from '@ae/data';
import { describe, expect, it } from '@jest/globals';

import { alarmBand, thresholdAt } from '../src/index.js';

describe('alarmBand()', () => {
  it('holds what comes in 95 % of trials, of thresholds and tests drawn anew', () => {
    const random = randomNumbers(1, 0);
    const some = (count: number) => Float64Array.from({ length: count }, () => random.next());
    const [heldOut, tested, trials] = [199, 300, 4000];
    const { low, high } = alarmBand(9, heldOut, tested); // 5 % of 200
    let within = 0;
    for (let i = 0; i < trials; i++) {
      const threshold = thresholdAt(some(heldOut), 0.05);
      const came = some(tested).filter((score) => score > threshold).length / tested;
      if (low <= came && came <= high) within += 1;
    }
    expect(within / trials).toBeGreaterThan(0.945);
    expect(within / trials).toBeLessThan(0.98); // shares come in steps: a little more than 95 %
  });

  // scipy.stats.betabinom.ppf([0.025, 0.975], tested, above + 1, heldOut - above)
  it.each([
    [9, 199, 300, 5, 28],
    [0, 99, 50, 0, 3],
    [49, 999, 2000, 69, 135],
  ])('of %i above in %i, %i tested, is that of SciPy', (above, heldOut, tested, low, high) => {
    const band = alarmBand(above, heldOut, tested);
    expect([band.low * tested, band.high * tested].map(Math.round)).toEqual([low, high]);
  });
});
