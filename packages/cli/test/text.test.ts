import { describe, expect, it } from '@jest/globals';

import { epochTable } from '../src/terminal/epoch-table.js';
import { formatMetric, formatSeconds } from '@ae/runs/text';
import { textTable } from '../src/terminal/text-table.js';

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

describe('textTable() that is wider than the terminal', () => {
  it('becomes blocks of lines', () => {
    const rows = [['runs/vae-2026-01-02-030405', '152.25', 'a description of some length']];
    const table = textTable(['run', 'test loss', 'what it is'], rows, 40);
    expect(table.split('\n')).toEqual([
      'runs/vae-2026-01-02-030405',
      '  test loss   152.25',
      '  what it is  a description of some length',
    ]);
  });
});

describe('epochTable()', () => {
  const row = (epoch: number) => ({
    ...{ epoch, step: 8 * epoch, seconds: epoch, imagesPerSecond: 12_345.6, learningRate: 0.001 },
    ...{ 'train.loss': 152.246, 'train.reconstruction': 147.1, 'train.kl': 5.146 },
    ...{ 'validation.loss': 153.5, 'validation.reconstruction': 148.2, 'validation.kl': 5.3 },
    'validation.mse': 0.0405,
  });

  it('aligns the epochs under names, within 80 columns', () => {
    const lines = epochTable(12);
    const text = [1, 2, 12].map((epoch) => lines(row(epoch))).join('\n');
    expect(`\n${text}`).toMatchInlineSnapshot(`
      "
                   train loss  val. loss  val. mse   images/s  train kl  val. kl
      epoch 1/12       152.25     153.50    0.0405     12,346      5.15     5.30
      epoch 2/12       152.25     153.50    0.0405     12,346      5.15     5.30
      epoch 12/12      152.25     153.50    0.0405     12,346      5.15     5.30"
    `);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('shows the losses where there is little room, and leaves out a term that is the whole loss', () => {
    const narrow = epochTable(12, 40)(row(1)).split('\n');
    expect(narrow[0]).toMatch(/train loss +val\. loss$/);
    const { 'train.kl': _a, 'validation.kl': _b, ...plain } = row(1);
    const echo = { ...plain, 'train.reconstruction': 152.246, 'validation.reconstruction': 153.5 };
    expect(epochTable(12, 200)(echo)).not.toContain('reconstruction');
  });

  it('says its names again every 20 rows', () => {
    const lines = epochTable(50);
    const names = Array.from({ length: 50 }, (_, i) => lines(row(i + 1)).split('\n').length === 2);
    expect(names.flatMap((said, i) => (said ? [i + 1] : []))).toEqual([1, 21, 41]);
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
