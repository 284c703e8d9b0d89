import { describe, expect, it } from '@jest/globals';

import { formatMetric, formatSeconds } from '../src/report/numbers.js';
import { textTable } from '../src/text-table.js';

describe('textTable()', () => {
  it('aligns columns, numbers to the right', () => {
    const table = textTable(
      ['run', 'loss', 'what'],
      [
        ['a', '9.5', 'x'],
        ['longer', '152.25', 'y'],
        ['c', '–', 'z'],
      ],
    );
    expect(table.split('\n')).toEqual([
      'run       loss  what',
      'a          9.5  x',
      'longer  152.25  y',
      'c            –  z',
    ]);
  });
});

describe('formatMetric()', () => {
  it('gives nats two decimals and errors per pixel three digits', () => {
    expect(formatMetric('loss', 152.2468)).toBe('152.25');
    expect(formatMetric('mse', 0.040512)).toBe('0.0405');
    expect(formatMetric('kl', undefined)).toBe('–');
    expect(formatMetric('loss', NaN)).toBe('NaN');
  });
});

describe('formatSeconds()', () => {
  it('goes from seconds to minutes to hours', () => {
    expect([0.04, 8.26, 59.4, 125, 3840].map(formatSeconds)).toEqual([
      '0.0 s',
      '8.3 s',
      '59 s',
      '2 min 5 s',
      '1 h 4 min',
    ]);
  });
});
