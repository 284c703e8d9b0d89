import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scoreHistogram, type JudgedScores } from '../src/index.js';
import { document, textsOf } from './page-document.js';

const draw = (data: JudgedScores, width = 480) => scoreHistogram(data, { document, width });
const textOf = (svg: Element) => textsOf(svg).join(' ');
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Of each colour, its bars: from, to and how high, in pixels. */
const barsOf = (svg: Element) =>
  [...svg.querySelectorAll('path[fill-opacity="0.4"]')].map((path) => {
    const numbers = path.getAttribute('d')!.match(/[MVH][-\d.]+/g)!;
    const floor = Number(/,([\d.]+)/.exec(path.getAttribute('d')!)![1]);
    let [x, y] = [Number.NaN, floor];
    const bars: { from: number; to: number; height: number }[] = [];
    for (const step of numbers) {
      const value = Number(step.slice(1));
      if (step.startsWith('V')) y = value;
      else {
        if (step.startsWith('H') && y < floor) bars.push({ from: x, to: value, height: floor - y });
        x = value;
      }
    }
    return bars;
  });
const thresholdAt = (svg: Element) =>
  Number(
    /^M([\d.]+)/.exec(svg.querySelector('path[stroke=currentColor][stroke-width]')!.getAttribute('d')!)![1],
  );

describe('scoreHistogram()', () => {
  test('counts what lies above the threshold, and not what lies at it', () => {
    const svg = draw({ scores: range(500), threshold: 496 });
    expect(textOf(svg)).toContain('threshold 496; 3 of 500 above');
    expect(textOf(svg)).toContain('↑ examples');
    expect(textOf(svg)).toContain('anomaly score →');
    expect(barsOf(svg)).toHaveLength(1);
  });

  test('says of what belongs and of what does not which share lies above', () => {
    const isAnomaly = range(1100).map((i) => i >= 1000);
    const scores = range(1100).map((i) => (i < 1000 ? i / 1000 : 0.85 + (i - 1000) / 100));
    const svg = draw({ scores, isAnomaly, threshold: 0.975 }, 700);
    expect(textOf(svg)).toContain(
      'threshold 0.975; 2.4 % of what belongs and 87 % of what does not lie above',
    );
    expect(textOf(svg)).toContain('belongs (1,000)');
    expect(textOf(svg)).toContain('does not belong (100)');
    expect(textOf(svg)).toContain('The bars of each colour add up to 100 %.');
  });

  test('speaks only of what there is', () => {
    const said = (mark: number) =>
      textOf(draw({ scores: [1, 2, 3, 4], isAnomaly: [mark, mark, mark, mark], threshold: 3 }));
    expect(said(0)).toContain('25 % of what belongs lies above');
    expect(said(1)).toContain('25 % of what does not belong lies above');
    expect(said(0) + said(1)).not.toMatch(/NaN|undefined|false/);
  });

  test('calls nothing 0 % and all 100 %, and nothing else', () => {
    const above = (count: number) => {
      const scores = range(10_000).map((i) => (i < count ? 2 : 1));
      return textOf(draw({ scores, isAnomaly: scores.map(() => 0), threshold: 1.5 }));
    };
    for (const [count, share] of [
      [0, '0 %'],
      [1, '0.01 %'],
      [123, '1.2 %'],
      [9995, '99.95 %'],
      [10_000, '100 %'],
    ] as const)
      expect(above(count)).toContain(`threshold 1.5; ${share} of what belongs`);
  });

  test('has the bars right of the line hold just what lies above it, and all bars all scores, on every axis', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(
          (x: number) => x,
          Math.abs,
          (x: number) => Math.exp(x / 1e5),
          (x: number) => 5 + x / 1e6,
        ),
        fc.nat(),
        (raw, shape, pick) => {
          const scores = raw.map(shape);
          const threshold = scores[pick % scores.length]!;
          const svg = draw({ scores, threshold });
          fc.pre(!/ the axis/.test(textOf(svg))); // a threshold too far from the others is not drawn
          const line = thresholdAt(svg);
          const bars = barsOf(svg)[0]!;
          const total = bars.reduce((sum, { height }) => sum + height, 0);
          const right = bars.filter(({ from }) => from >= line - 0.01);
          const share = right.reduce((sum, { height }) => sum + height, 0) / total;
          expect(bars.every(({ from, to }) => from >= line - 0.01 || to <= line + 0.01)).toBe(true);
          expect(share).toBeCloseTo(scores.filter((score) => score > threshold).length / scores.length, 2);
        },
      ),
      { seed: 3 },
    );
  });

  test('makes the bars of a rare kind as high as those of a frequent one', () => {
    const isAnomaly = range(1010).map((i) => i >= 1000);
    const scores = range(1010).map((i) => (i % 10) + (isAnomaly[i] ? 20 : 0));
    const [often, rare] = barsOf(draw({ scores, isAnomaly, threshold: 15 }));
    const sum = (bars: { height: number }[]) => bars.reduce((total, { height }) => total + height, 0);
    expect(sum(rare!) / sum(often!)).toBeCloseTo(1, 2);
  });

  test('leaves a single example among many visible', () => {
    const svg = draw({ scores: [...range(100_000).map((i) => 1 + (i % 100) / 100), 4], threshold: 3 });
    expect(Math.min(...barsOf(svg)[0]!.map(({ height }) => height))).toBeGreaterThanOrEqual(1.5);
  });

  test('is logarithmic where positive scores spread over more than a decade, and says so', () => {
    const decades = range(200).map((i) => 10 ** (i / 50));
    expect(textOf(draw({ scores: decades, threshold: 100 }))).toContain('The axis of scores is logarithmic.');
    const widths = barsOf(draw({ scores: decades, threshold: 100 }))[0]!.map(({ from, to }) => to - from);
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(0.03);
    expect(textOf(draw({ scores: decades.map((score) => score / 1000 + 5), threshold: 9 }))).not.toContain(
      'logarithmic',
    );
  });

  test('is logarithmic beyond the usual where scores of 0 and below have a long tail', () => {
    const scores = [-1, 0, ...range(100).map((i) => i / 100), 1e5];
    expect(textOf(draw({ scores, threshold: 10 }))).toMatch(/linear up to [\d.]+ from 0, logarithmic beyond/);
  });

  test('gives a few scores of almost nothing no decades of their own', () => {
    const svg = draw({ scores: [1e-30, ...range(300).map((i) => 1 + i / 10)], threshold: 20 });
    expect(textOf(svg)).toContain('Counted in the first bar, though below the axis: 1.');
    expect(barsOf(svg)[0]!.length).toBeGreaterThan(6);
  });

  test.each([
    [-Number.MAX_VALUE, 'far left, before the axis'],
    [1e9, 'far right, beyond the axis'],
    [Infinity, 'far right, beyond the axis'],
  ])('says where a threshold of %d is rather than draw it', (threshold, where) => {
    const svg = draw({ scores: range(30).map((i) => 5 + i / 10), threshold }, 1000);
    expect(textOf(svg)).toContain(where);
    expect(svg.querySelector('path[stroke=currentColor][stroke-width]')).toBeNull();
    expect(svg.outerHTML).not.toMatch(/NaN|undefined/);
  });

  test('shows a threshold that no score comes near, with the axis as far as that', () => {
    const svg = draw({ scores: range(30).map((i) => 5 + i / 10), threshold: 10 });
    const last = Math.max(...barsOf(svg)[0]!.map(({ to }) => to));
    expect(thresholdAt(svg)).toBeGreaterThan(last + 10);
  });

  test('draws equal scores, and leaves out those that are not finite', () => {
    expect(barsOf(draw({ scores: [3, 3, 3], threshold: 3 }))[0]).toHaveLength(1);
    expect(barsOf(draw({ scores: [0], threshold: 0 }))[0]).toHaveLength(1);
    const svg = draw({ scores: [1, NaN, 2, Infinity], threshold: 1.5 });
    expect(textOf(svg)).toContain('2 of 4 above');
    expect(textOf(svg)).toContain('Not drawn, because they are not finite: 2 of 4.');
    expect(textOf(draw({ scores: [NaN], threshold: 1 }))).toBe('no score is finite');
    expect(textOf(draw({ scores: [], threshold: 1 }))).toBe('no scores');
  });

  test('says how many of each kind lie under the pointer', () => {
    const svg = draw({ scores: [1, 1, 2, 2, 2], isAnomaly: [0, 0, 0, 1, 1], threshold: 1.5 });
    const { MouseEvent } = document.defaultView!;
    svg.dispatchEvent(new MouseEvent('pointermove', { clientX: 470, clientY: 100 }));
    const [place, ...counts] = textsOf(svg.querySelector('[data-tooltip]')!);
    expect(place).toMatch(/^above 1\.\d+, up to 2/);
    expect(counts).toEqual(['belongs: 1', 'does not belong: 2']);
  });

  test('refuses what does not fit together', () => {
    expect(() => draw({ scores: [1, 2], isAnomaly: [1], threshold: 1 })).toThrow(
      new TypeError('Cannot draw score histogram: found 1 marks for 2 scores, expected one a score'),
    );
    expect(() => draw({ scores: [1], threshold: NaN })).toThrow(RangeError);
  });
});
