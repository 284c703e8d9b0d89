import { describe, expect, test } from '@jest/globals';
import { classColor, latentScatter } from '../src/index.js';
import { renderSvg } from '../src/node.js';
import { textWidth } from '../src/parts/text.js';
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

/** How high the first point of a class lies. */
const heightOf = (svg: Element, place: string) =>
  Number(/^M[-\d.]+,([\d.]+)/.exec(svg.querySelector(`[data-class="${place}"]`)!.getAttribute('d')!)![1]);

/** The names amid the points. */
const namesOf = (svg: Element) =>
  [...svg.querySelectorAll('g[stroke="#ffffff"] > g')].map((badge) => {
    const [x, y] = /\(([-\d.]+),([-\d.]+)\)/.exec(badge.getAttribute('transform')!)!.slice(1).map(Number);
    const width = Number(badge.querySelector('rect')!.getAttribute('width'));
    return { x: x!, y: y!, width, text: badge.querySelector('text')!.textContent };
  });

describe('latentScatter()', () => {
  test('draws every point in the colour of its digit', () => {
    const svg = latentScatter({ codes: codes(500, 2), dimensions: 2, labels: digits(500) }, { document });
    expect(dotsOf(svg)).toHaveLength(500);
    for (let digit = 0; digit < 10; digit++)
      expect(dotsOf(svg, `path[stroke="${classColor(digit)}"]`)).toHaveLength(50);
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

  test('draws codes that are all equal as one point with their number, and names the classes once', () => {
    const svg = latentScatter(
      { codes: new Float32Array(400), dimensions: 2, labels: digits(200) },
      { document },
    );
    expect(new Set(dotsOf(svg).map(String)).size).toBe(1);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['× 200', 'All 200 codes are equal: one point.']));
    expect(namesOf(svg).map(({ text }) => text)).toEqual(['0 1 2 3 4 5 6 7 8 9']);
  });

  test('draws equal codes of one dimension as a point in each lane, not spread upwards', () => {
    const svg = latentScatter(
      { codes: new Float32Array(200).fill(3), dimensions: 1, labels: digits(200) },
      { document },
    );
    for (let digit = 0; digit < 10; digit++)
      expect(new Set(dotsOf(svg, `[data-class="${digit}"]`).map(String)).size).toBe(1);
    expect(textsOf(svg).filter((text) => text === '× 20')).toHaveLength(10);
  });

  test('says how many codes lie on each other at the zero of a ReLU, and which coordinate says nothing', () => {
    const relu = Float32Array.from({ length: 400 }, (_, i) =>
      i % 2 === 0 ? Math.max(0, 3 * Math.sin(i) - 1) : 0,
    );
    const text = latentScatter({ codes: relu, dimensions: 2 }, { document, width: 700 }).textContent;
    expect(text).toContain('In a ring: 121 of 200 codes are equal and lie on each other.');
    expect(text).toContain('Code 2 is 0 throughout.');
    expect(text).not.toContain('tails');
  });

  test('leaves the signs of all numbers at the left in the drawing, however long they are', () => {
    for (const size of [1, 1e3, 1e5, 3e7, 1e-7])
      for (const offset of [0, -1, -1000]) {
        const values = Float32Array.from({ length: 40 }, (_, i) =>
          i % 2 === 0 ? size * i : size * (offset + Math.sin(i)),
        );
        const svg = latentScatter({ codes: values, dimensions: 2 }, { document });
        for (const label of svg.querySelectorAll('text[text-anchor=end]')) {
          const left = Number(label.getAttribute('x')) - textWidth(label.textContent, 11);
          expect({ label: label.textContent, isInside: left >= 0 }).toMatchObject({ isInside: true });
        }
      }
  });

  test('lets no name cover another, be they sixty-two or long', () => {
    for (const [classes, name] of [
      [10, (c: number) => `${c}`],
      [62, (c: number) => `${c}`],
      [62, (c: number) => `a class with a long name ${c}`],
      [400, (c: number) => `${c / 7}`],
    ] as const)
      for (const spread of [0, 0.05, 1, 30]) {
        const count = classes * 6;
        const values = Float32Array.from({ length: 2 * count }, (_, i) => {
          const c = (i >> 1) % classes;
          return (
            spread * (i % 2 === 0 ? Math.cos(2.4 * c) : Math.sin(2.4 * c)) * Math.sqrt(c) + Math.sin(i * i)
          );
        });
        const labels = Array.from({ length: count }, (_, i) => name(i % classes));
        const svg = latentScatter({ codes: values, dimensions: 2, labels }, { document, width: 480 });
        const names = namesOf(svg);
        expect(names.length).toBeGreaterThan(0);
        const covered = names.flatMap((a, i) =>
          names
            .slice(0, i)
            .filter((b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.1 && Math.abs(a.y - b.y) < 15.9),
        );
        expect(covered).toEqual([]);
      }
  });

  test('shortens long names in the middle, and keeps them whole for the pointer', () => {
    const labels = ['the left half of the picture', 'the right half of the picture'];
    const svg = latentScatter({ codes: Float32Array.of(0, 0, 1, 1), dimensions: 2, labels }, { document });
    const [left, right] = namesOf(svg).map(({ text }) => text);
    expect(left).toMatch(/^the l.*…/);
    expect(left).not.toBe(right);
    expect([...svg.querySelectorAll('title')].map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining(labels),
    );
  });

  test('lists a hundred classes and says how many more there are', () => {
    const labels = Array.from({ length: 1000 }, (_, i) => `class ${i}`);
    const svg = latentScatter({ codes: codes(1000, 2), dimensions: 2, labels }, { document });
    expect(textsOf(svg)).toContain('and 900 more');
  });

  test('tells classes beyond the twenty colours by other marks, with their sign before the name', () => {
    const labels = Array.from({ length: 160 }, (_, i) => i % 80);
    const svg = latentScatter({ codes: codes(160, 2), dimensions: 2, labels }, { document, width: 900 });
    const looks = [...svg.querySelectorAll('path[data-class]')].map((path) => {
      const shape = path.getAttribute('d')!.replace(/[-\d.,]+/g, '');
      return [path.getAttribute('stroke'), shape, path.getAttribute('fill')].join();
    });
    expect(new Set(looks).size).toBe(80);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['3', '+ 23', '▲ 43', '□ 63']));
  });

  test('names the classes whose places the labels are, each in its colour whether all occur or not', () => {
    const data = { codes: codes(40, 2), dimensions: 2, classes: ['zebra', 'ape', 'bee'] };
    const labels = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0 : 2));
    const svg = latentScatter({ ...data, labels }, { document });
    expect(textsOf(svg).slice(-4, -2)).toEqual(['zebra', 'bee']);
    expect(dotsOf(svg, `path[stroke="${classColor(2)}"]`)).toHaveLength(20);
    expect(svg.textContent).not.toContain('ape');
    for (const wrong of [3, -1, 0.5, 'bee'])
      expect(() => latentScatter({ ...data, labels: [...labels.slice(1), wrong] }, { document })).toThrow(
        new RangeError(`Cannot draw latent scatter: label 39 is ${wrong}, expected a place in 3 classes`),
      );
    expect(() => latentScatter({ ...data, labels: [...labels.slice(1), null] }, { document })).not.toThrow();
  });

  test('puts names with numbers in the order of the numbers', () => {
    const labels = ['kind 10', 'kind 9', 'kind 2'];
    const svg = latentScatter({ codes: codes(3, 1), dimensions: 1, labels }, { document });
    expect(textsOf(svg).filter((text) => text.startsWith('kind'))).toEqual(['kind 2', 'kind 9', 'kind 10']);
  });

  test('shows codes of one dimension in a hundred lanes at most, the other classes in one', () => {
    const labels = Array.from({ length: 130 }, (_, i) => i);
    const svg = latentScatter({ codes: codes(130, 1), dimensions: 1, labels }, { document });
    expect(textsOf(svg)).toContain('30 more');
    const heights = ['100', '129'].map((name) => heightOf(svg, name));
    expect(Math.abs(heights[0]! - heights[1]!)).toBeLessThan(28);
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
