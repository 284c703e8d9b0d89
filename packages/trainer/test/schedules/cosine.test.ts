import { describe, expect, test } from '@jest/globals';

import { schedule } from '../../src/index.js';
import { rateAt } from '../hand-run.js';

describe('the schedule cosine', () => {
  test('goes from the given rate through its half to zero', () => {
    const rates = [0, 25, 50, 75, 100].map((step) => rateAt(schedule({ name: 'cosine' }), step));
    const exact = [0.1, 0.05 * (1 + Math.SQRT1_2), 0.05, 0.05 * (1 - Math.SQRT1_2), 0];
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(exact[i]!, 12));
  });
  test('ends at `final` times the given rate', () => {
    expect(rateAt(schedule({ name: 'cosine', final: 0.1 }), 100)).toBeCloseTo(0.01, 12);
    expect(() => schedule({ name: 'cosine', final: 2 })).toThrow(
      'found final 2, expected a number >=0 and <=1',
    );
  });
});
