import { describe, expect, test } from '@jest/globals';
import { overlayCurves, seriesColor } from '../src/index.js';
import { document, textsOf } from './page-document.js';

const run = (name: string, validation: (number | null | undefined)[], train: number[] = []) => ({
  name,
  rows: validation.map((value, i) => ({ epoch: i + 1, 'validation.loss': value, 'train.loss': train[i] })),
});
const curvesOf = (svg: Element) =>
  [...svg.querySelectorAll('path[fill=none]')].filter((path) => path.getAttribute('d')?.includes('L'));

describe('overlayCurves()', () => {
  test('draws validation in the colour of its run and training faint', () => {
    const runs = [run('one', [3, 2, 1], [2, 1, 0.5]), run('two', [5, 4, 3], [4, 3, 2])];
    const curves = curvesOf(overlayCurves({ term: 'loss', runs }, { document }));
    const looks = curves.map((curve) => [curve.getAttribute('stroke'), curve.hasAttribute('stroke-opacity')]);
    expect(looks).toEqual([
      [seriesColor(0), true],
      [seriesColor(1), true],
      [seriesColor(0), false],
      [seriesColor(1), false],
    ]);
  });

  test('names every run with its last value, in as many lines as that needs', () => {
    const runs = Array.from({ length: 9 }, (_, i) => run(`run-${i}`, [10, 9 + i]));
    const svg = overlayCurves({ term: 'loss', runs }, { document, width: 300 });
    for (let i = 0; i < 9; i++)
      expect(textsOf(svg).join(' ')).toContain(`run-${i} ${9 + i}.000`.slice(0, 11));
    expect(svg.querySelector('desc')!.textContent).toMatch(/^loss of 9 runs by epoch; .*run-8 17\.000\.$/);
  });

  test('puts runs of different length on the same epochs', () => {
    const runs = [run('long', [4, 3, 2, 1]), run('short', [4, 3])];
    const [long, short] = curvesOf(overlayCurves({ term: 'loss', runs }, { document }));
    expect(long!.getAttribute('d')!.startsWith(short!.getAttribute('d')!)).toBe(true);
  });

  test('leaves a gap and a cross where a value is not finite', () => {
    const svg = overlayCurves({ term: 'loss', runs: [run('one', [4, null, 2, 1])] }, { document });
    expect(svg.querySelector('path[d*="l6,6"]')).not.toBeNull();
    expect(textsOf(svg).join(' ')).toContain('× marks an epoch whose value is not finite.');
  });

  test.each([[3], [0.0004], [-250_000], [12_345_678], [-1e-7]])(
    'leaves the numbers of losses about %d and their signs in the drawing',
    (size) => {
      const row = [size, 1.1 * size, 1.07 * size];
      const svg = overlayCurves({ term: 'loss', runs: [run('one', row, row)] }, { document });
      const labels = [...svg.querySelectorAll('text[text-anchor=end]')].filter(
        ({ textContent }) => !textContent!.includes('→'),
      );
      expect(labels.length).toBeGreaterThan(2);
      for (const label of labels)
        expect(Number(label.getAttribute('x')) - 6.2 * label.textContent!.length).toBeGreaterThanOrEqual(0);
    },
  );

  test('says what is missing', () => {
    const draw = (runs: Parameters<typeof overlayCurves>[0]['runs']) =>
      textsOf(overlayCurves({ term: 'kl', runs }, { document }));
    expect(draw([])).toEqual(['no epochs yet']);
    expect(draw([run('one', [1, 2])])).toEqual(['no run has kl']);
  });

  test('refuses a row without an epoch', () => {
    expect(() => overlayCurves({ term: 'loss', runs: [{ name: 'one', rows: [{}] }] }, { document })).toThrow(
      'Cannot draw overlay of curves: epoch of row 0 is undefined, expected a number',
    );
  });
});
