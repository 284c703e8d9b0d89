import { describe, expect, test } from '@jest/globals';
import { digitColor, latentScatter } from '../src/index.js';
import { renderSvg } from '../src/node.js';
import { cpuSeconds } from './cpu-seconds.js';
import { document, textsOf } from './page-document.js';

const codes = (count: number, dimensions: number) =>
  Float32Array.from(
    { length: count * dimensions },
    (_, i) => ((i * 0.7548776662) % 1) * (1 + (i % dimensions)),
  );
const digits = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 10);
const dotsOf = (svg: Element, selector = 'path') =>
  [...svg.querySelectorAll(selector)].flatMap((path) =>
    [...path.getAttribute('d')!.matchAll(/M([-\d.]+),([-\d.]+)h0/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    ),
  );

describe('latentScatter()', () => {
  test('draws every point in the colour of its digit', () => {
    const svg = latentScatter({ codes: codes(500, 2), dimensions: 2, labels: digits(500) }, { document });
    expect(dotsOf(svg)).toHaveLength(500);
    for (let digit = 0; digit < 10; digit++)
      expect(dotsOf(svg, `path[stroke="${digitColor(digit)}"]`)).toHaveLength(50);
  });

  test('names each class in the legend and at the median of its points', () => {
    const labels = ['left', 'left', 'right', 'right', null, null];
    const svg = latentScatter(
      { codes: Float32Array.of(0, 0, 0, 1, 9, 0, 9, 1, -9, 0, 18, 0), dimensions: 2, labels },
      { document },
    );
    expect(textsOf(svg).filter((text) => text === 'left')).toHaveLength(2);
    const named = [...svg.querySelectorAll('g[stroke="#ffffff"] > g')].map((g) =>
      Number(/\(([\d.]+)/.exec(g.getAttribute('transform')!)![1]),
    );
    expect(named[1]! - named[0]!).toBeCloseTo(
      dotsOf(svg, '[data-class="1"]')[0]![0] - dotsOf(svg, '[data-class="0"]')[0]![0],
      0,
    );
  });

  test('makes a unit equally long in both directions', () => {
    const svg = latentScatter({ codes: Float32Array.of(0, 0, 4, 0, 0, 2), dimensions: 2 }, { document });
    const [origin, right, up] = dotsOf(svg);
    expect((right![0] - origin![0]) / 4).toBeCloseTo((origin![1] - up![1]) / 2, 0);
  });

  test('draws codes with long tails on axes that are logarithmic far from 0, and says so', () => {
    const near = Array.from({ length: 40 }, (_, i) => [Math.cos(i), Math.sin(i)]).flat();
    const svg = latentScatter(
      { codes: Float32Array.from([...near, 100, 0, 1000, 0, 10_000, 0]), dimensions: 2 },
      { document },
    );
    const [hundred, thousand, last] = dotsOf(svg)
      .slice(-3)
      .map(([x]) => x);
    expect((last! - thousand!) / (thousand! - hundred!)).toBeCloseTo(1, 1);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['100', '10,000']));
    expect(svg.textContent).toContain('long tails: the axes are logarithmic beyond ±');
    expect(latentScatter({ codes: codes(50, 2), dimensions: 2 }, { document }).textContent).not.toContain(
      'tails',
    );
  });

  test('mixes the classes in drawing order, so that the last does not cover the first', () => {
    const svg = latentScatter(
      { codes: codes(10_000, 2), dimensions: 2, labels: digits(10_000) },
      { document },
    );
    const order = [...svg.querySelectorAll('path[data-class]')].map((path) =>
      path.getAttribute('data-class'),
    );
    expect(order.indexOf('9')).toBeLessThan(order.lastIndexOf('0'));
  });

  test('shows codes of more than two dimensions by their PCA, and says so with the explained variance', () => {
    // Three axes with variances 10 : 6 : 4 by construction: four signs each, uncorrelated.
    const signs = [
      [1, 1, 1],
      [1, -1, -1],
      [-1, 1, -1],
      [-1, -1, 1],
    ];
    const values = Float32Array.from(
      signs.flatMap(([a, b, c]) => [Math.sqrt(10) * a!, Math.sqrt(6) * b!, 2 * c!]),
    );
    const svg = latentScatter({ codes: values, dimensions: 3 }, { document });
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['↑ principal component 2 (30 %)', 'principal component 1 (50 %) →']),
    );
    expect(textsOf(svg).slice(-2).join(' ')).toBe(
      'PCA of codes of 3 dimensions: the two components shown hold 80 % of the variance.',
    );
  });

  test('shows codes of one dimension in a lane a label', () => {
    const svg = latentScatter({ codes: codes(40, 1), dimensions: 1, labels: digits(40) }, { document });
    const heights = [...Array(10).keys()].map((digit) =>
      dotsOf(svg, `[data-class="${digit}"]`).map(([, y]) => y),
    );
    for (let digit = 1; digit < 10; digit++)
      expect(Math.min(...heights[digit]!)).toBeGreaterThan(Math.max(...heights[digit - 1]!));
    expect(dotsOf(latentScatter({ codes: codes(40, 1), dimensions: 1 }, { document }))).toHaveLength(40);
  });

  test('draws codes without labels in the colour of the text', () => {
    const svg = latentScatter({ codes: codes(40, 2), dimensions: 2 }, { document });
    expect(dotsOf(svg, 'path[stroke=currentColor]')).toHaveLength(40);
  });

  test('draws points that lack a label small, and says how many', () => {
    const labels = [1, null, undefined, NaN, '', 0];
    const svg = latentScatter({ codes: codes(6, 2), dimensions: 2, labels }, { document });
    expect(dotsOf(svg, 'path[stroke=currentColor]')).toHaveLength(4);
    expect(textsOf(svg).at(-1)).toBe('The small dots: 4 codes without a label.');
  });

  test('leaves out codes that are not finite, and says how many', () => {
    for (const dimensions of [1, 2, 5]) {
      const values = codes(50, dimensions);
      values[3 * dimensions] = NaN;
      values[4 * dimensions] = Infinity;
      const svg = latentScatter({ codes: values, dimensions, labels: digits(50) }, { document });
      expect(dotsOf(svg)).toHaveLength(48);
      expect(textsOf(svg).at(-1)).toBe('2 of 50 codes are not finite and are left out.');
      expect(svg.outerHTML).not.toMatch(/NaN|Infinity/);
    }
  });

  test('draws codes that are all equal, huge or only one', () => {
    for (const value of [0, 7, 3e38, -1e-30])
      for (const dimensions of [1, 2, 4]) {
        const values = new Float32Array(3 * dimensions).fill(value);
        expect(
          dotsOf(latentScatter({ codes: values, dimensions, labels: [1, 1, 2] }, { document })),
        ).toHaveLength(3);
        expect(
          dotsOf(latentScatter({ codes: values.subarray(0, dimensions), dimensions }, { document })),
        ).toHaveLength(1);
      }
  });

  test('draws an empty frame for no codes and for none that is finite', () => {
    expect(textsOf(latentScatter({ codes: new Float32Array(0), dimensions: 2 }, { document }))).toEqual([
      'no codes',
    ]);
    expect(textsOf(latentScatter({ codes: Float32Array.of(NaN, 0), dimensions: 2 }, { document }))).toEqual([
      'no code is finite',
    ]);
  });

  test('writes ten thousand points in Node well within a second', () => {
    const data = { codes: codes(10_000, 2), dimensions: 2, labels: digits(10_000) };
    expect(cpuSeconds(() => renderSvg(latentScatter, data, {}))).toBeLessThan(1); // 0.1 s on a quiet machine
  });

  test('escapes labels', () => {
    const svg = renderSvg(
      latentScatter,
      { codes: codes(2, 2), dimensions: 2, labels: ['<script>', '"&"'] },
      {},
    );
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toContain('<script>');
  });

  test('refuses what does not fit together', () => {
    const draw = (data: Parameters<typeof latentScatter>[0]) => () => latentScatter(data, { document });
    expect(draw({ codes: codes(3, 1), dimensions: 2 })).toThrow(
      /found 3 values, expected whole codes of 2 dimensions/,
    );
    expect(draw({ codes: codes(3, 2), dimensions: 2, labels: [1] })).toThrow(/found 1 labels for 3 codes/);
    expect(draw({ codes: codes(3, 2), dimensions: 0 })).toThrow(RangeError);
    expect(draw({ codes: [1, 2] as never, dimensions: 2 })).toThrow(/codes is .*, expected Float32Array/);
  });
});
