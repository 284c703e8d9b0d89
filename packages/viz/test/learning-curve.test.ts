import { describe, expect, test } from '@jest/globals';
import { learningCurve } from '../src/index.js';
import { document, textsOf } from './page-document.js';

const rows = [
  { epoch: 1, 'train.kl': 3, 'train.loss': 200, 'validation.loss': 210, 'validation.kl': 4, seconds: 2 },
  { epoch: 2, 'train.kl': 5, 'train.loss': 100, 'validation.loss': 120, 'validation.kl': 6, seconds: 2 },
];
const curvesOf = (svg: Element) =>
  [...svg.querySelectorAll('path[fill=none]')].map((path) => path.getAttribute('d') ?? '');

describe('learningCurve()', () => {
  test('gives each term a panel, loss first, with train and validation apart', () => {
    const svg = learningCurve(rows, { document });
    expect(textsOf(svg).filter((text) => /^[a-z]/.test(text))).toEqual(['loss', 'kl', 'epoch →']);
    expect(curvesOf(svg)).toHaveLength(4);
    expect(textsOf(svg)).toContain('●\u00a0train 100.00\u00a0\u00a0\u00a0\u00a0●\u00a0validation 120.00');
    expect(svg.querySelector('desc')!.textContent).toBe(
      '2 epochs; at epoch 2: train loss 100.00, validation loss 120.00, train kl 5.0000, validation kl 6.0000.',
    );
  });

  test('has numbers at its axis wherever the values lie, and says that nothing is finite only where nothing is', () => {
    for (let low = 0; low < 100; low += 0.9) {
      const svg = learningCurve(
        [
          { epoch: 1, 'train.loss': low + 10 },
          { epoch: 2, 'train.loss': low },
        ],
        {
          document,
        },
      );
      expect(textsOf(svg)).not.toContain('no finite value');
    }
  });

  test('puts values where their axis says: the curve falls from the highest to the lowest grid line', () => {
    const svg = learningCurve(
      [
        { epoch: 0, 'train.loss': 10 },
        { epoch: 4, 'train.loss': 0 },
      ],
      { document },
    );
    const lines = [...svg.querySelectorAll('path[stroke-opacity]')].map((path) =>
      Number(/,([\d.]+)H/.exec(path.getAttribute('d')!)![1]),
    );
    const ends = [...curvesOf(svg)[0]!.matchAll(/[ML]?[\d.]+,([\d.]+)/g)].map(([, y]) => Number(y));
    expect(ends).toEqual([Math.min(...lines), Math.max(...lines)]);
  });

  test('spaces decades evenly on a logarithmic axis', () => {
    const history = [1000, 100, 10, 1].map((loss, i) => ({ epoch: i + 1, 'train.loss': loss }));
    const path = curvesOf(learningCurve(history, { document, log: true }))[0]!;
    const ys = [...path.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
    expect(ys[1]! - ys[0]!).toBeCloseTo(ys[3]! - ys[2]!, 1);
    expect(textsOf(learningCurve(history, { document, log: true }))).toEqual(
      expect.arrayContaining(['1', '10', '100', '1,000']),
    );
  });

  test('draws a single epoch as dots', () => {
    const svg = learningCurve(rows.slice(0, 1), { document });
    expect(svg.querySelectorAll('circle')).toHaveLength(4);
  });

  test('takes rows in any order', () => {
    expect(learningCurve([...rows].reverse(), { document }).outerHTML).toBe(
      learningCurve(rows, { document }).outerHTML,
    );
  });

  test('leaves a gap and a cross for NaN, for the null that JSON makes of it, and for values too large to draw', () => {
    const history = [1, NaN, null, 1e305, 2].map((loss, i) => ({ epoch: i + 1, 'train.loss': loss }));
    const svg = learningCurve(history, { document });
    expect(svg.querySelectorAll('path[stroke-width="1.5"]')).toHaveLength(3);
    expect(curvesOf(svg)[0]!.match(/M/g)).toHaveLength(2);
    expect(textsOf(svg).at(-1)).toBe('× marks an epoch whose value is not finite.');
  });

  test('crosses what is not positive on a logarithmic axis', () => {
    const svg = learningCurve(
      [
        { epoch: 1, 'train.kl': 0 },
        { epoch: 2, 'train.kl': 3 },
      ],
      { document, log: true },
    );
    expect(svg.querySelectorAll('path[stroke-width="1.5"]')).toHaveLength(1);
    const none = learningCurve([{ epoch: 1, 'train.kl': 0 }], { document, log: true });
    expect(textsOf(none)).toContain('no positive value');
  });

  test('leaves an epoch out of a curve where the term was not measured', () => {
    const svg = learningCurve([...rows, { epoch: 3, 'train.loss': 90 }], { document });
    expect(svg.querySelectorAll('path[stroke-width="1.5"]')).toHaveLength(0);
    expect(svg.querySelectorAll('circle')).toHaveLength(9);
  });

  test('copes with huge, tiny and equal values', () => {
    for (const loss of [1e200, 1e-30, 0, -5]) {
      const svg = learningCurve(
        [
          { epoch: 1, 'train.loss': loss },
          { epoch: 2, 'train.loss': loss },
        ],
        { document },
      );
      expect(svg.outerHTML).not.toMatch(/NaN|Infinity/);
      expect(curvesOf(svg)[0]).toMatch(/^M[\d.]+,[\d.]+L/);
    }
  });

  test('draws an empty frame where there is nothing yet', () => {
    expect(textsOf(learningCurve([], { document }))).toEqual(['no epochs yet']);
    expect(textsOf(learningCurve([{ epoch: 1, seconds: 3 }], { document }))).toEqual([
      'no train or validation terms',
    ]);
  });

  test('refuses a row without an epoch', () => {
    expect(() => learningCurve([rows[0]!, { 'train.loss': 3 }], { document })).toThrow(
      'Cannot draw learning curve: epoch of row 1 is undefined, expected a number',
    );
  });
});
