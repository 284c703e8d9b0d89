import { describe, expect, test } from '@jest/globals';
import { decode } from 'fast-png';
import { anomalyMaps, type BlamedExamples } from '../src/index.js';
import { heatColor } from '../src/parts/heat-color.js';
import { document, textsOf } from './page-document.js';

const draw = (data: BlamedExamples, width = 480) => anomalyMaps(data, { document, width });
const textOf = (svg: Element) => textsOf(svg).join(' ');
const stack = (count: number, shape: number[], at = (i: number) => Math.sin(i)) => {
  const size = shape.reduce((product, side) => product * side, count);
  return { values: Float32Array.from({ length: size }, (_, i) => at(i)), count, shape };
};
function rastersOf(svg: SVGSVGElement) {
  return [...svg.querySelectorAll('image')].map((image) =>
    decode(Buffer.from(image.getAttribute('href')!.split(',')[1]!, 'base64')),
  );
}
function tooltipAt(svg: SVGSVGElement, x: number, y: number): string[] {
  const { MouseEvent } = document.defaultView!;
  svg.dispatchEvent(new MouseEvent('pointermove', { clientX: x, clientY: y }));
  const box = svg.querySelector('[data-tooltip]');
  return box ? textsOf(box) : [];
}
const bytesOf = (place: number) => heatColor(place).map((channel) => Math.round(255 * channel));

describe('anomalyMaps() of images', () => {
  const twoByTwo = (channels: number) => stack(1, [2, 2, channels], () => 0.5);

  test('puts under each picture its errors in the colours of one scale', () => {
    const svg = draw({ originals: twoByTwo(1), where: Float32Array.of(0, 1, 2, 4) });
    const [pictures, maps] = rastersOf(svg);
    expect([pictures!.width, pictures!.height, maps!.width, maps!.height].join()).toMatch(/^2,(\d+),2,\1$/);
    const pixel = (i: number) => [...maps!.data.slice(i * 4, i * 4 + 4)];
    const from = 3 * 2; // the map begins below two rows of the picture and a gap
    expect([0, 1, 2, 3].map((i) => pixel(from + i))).toEqual(
      [0, 0.25, 0.5, 1].map((place) => [...bytesOf(place), 255]),
    );
    expect(pixel(0)[3]).toBe(0);
    expect([...pictures!.data.slice(0, 2)]).toEqual([128, 255]);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['picture', 'its errors', '0', '4', 'error of a pixel']),
    );
    expect(textOf(svg)).toContain('One scale for all maps');
  });

  test('adds up the channels of a pixel, and counts what is below 0 as none', () => {
    const where = Float32Array.of(1, 1, 2, 0, 0, 0, -5, 2, 0, 0, 0, 1);
    const svg = draw({ originals: twoByTwo(3), where });
    const { data } = rastersOf(svg)[1]!;
    expect([...data.slice(6 * 4, 6 * 4 + 3)]).toEqual(bytesOf(1)); // 1 + 1 + 2, the end of the scale
    expect([...data.slice(8 * 4, 8 * 4 + 3)]).toEqual(bytesOf(0.5));
    expect(textOf(svg)).toContain('4');
  });

  test('lets no single pixel darken all others, and says that it is beyond the scale', () => {
    const where = new Float32Array(1000).map((_, i) => (i === 17 ? 1e6 : (i % 10) / 9));
    const svg = draw({ originals: stack(10, [10, 10, 1]), where });
    expect(textOf(svg)).toContain('Above 1 all look the same: 1.');
  });

  test('says the error of the pixel under the pointer, on the picture and on its map', () => {
    const where = Float32Array.from({ length: 28 * 28 }, (_, i) => i);
    const svg = draw({ originals: stack(1, [28, 28, 1]), where, labels: ['score 7'] });
    const [, height] = ['width', 'height'].map((side) =>
      Number(svg.querySelector('image')!.getAttribute(side)),
    );
    const pixel = height! / (2 * 28 + 1);
    for (const top of [0, 29])
      expect(tooltipAt(svg, 96 + 3.5 * pixel, 16 + (top + 2.5) * pixel)).toEqual([
        'label score 7',
        'image 0',
        'row 2, column 3: error 59',
      ]);
  });

  test('crosses out a map with an error that is not finite', () => {
    const svg = draw({ originals: twoByTwo(1), where: Float32Array.of(0, NaN, 2, 4) });
    expect(textOf(svg)).toContain('Crossed out: 1 of 2 images hold values that are not finite.');
  });
});

describe('anomalyMaps() of rows', () => {
  const originals = stack(1, [4], (i) => [37, NaN, -2.5, 0][i]!);
  const fields = ['age', 'income', 'balance', 'visits'];
  const barsOf = (svg: Element) =>
    [...svg.querySelectorAll('rect')].map((bar) => Number(bar.getAttribute('width')));

  test('shows the columns with most of the error, with name, value and share, and their bars in proportion', () => {
    const svg = draw({ originals, where: Float32Array.of(1, 0, 6, 3), fields, labels: ['score 12.5'] });
    expect(textsOf(svg).slice(0, 10)).toEqual([
      'score 12.5',
      ...['balance', '−2.5', '60 %'],
      ...['visits', '0', '30 %'],
      ...['age', '37', '10 %'],
    ]);
    const [first, second, third] = barsOf(svg);
    expect([second! / first!, third! / first!].map((part) => Number(part.toFixed(2)))).toEqual([0.5, 0.17]);
  });

  test('shows five columns at most, says so, and calls those without names by their number', () => {
    const svg = draw({ originals: stack(2, [9]), where: Float32Array.from({ length: 18 }, (_, i) => i % 9) });
    expect(barsOf(svg)).toHaveLength(10);
    expect(textOf(svg)).toMatch(/row 0 column 8 .* column 4 .* row 1 column 8/);
    expect(textOf(svg)).toContain('the columns with most of its error, 5 at most');
  });

  test('says what is missing, and where there is no error at all', () => {
    expect(textOf(draw({ originals, where: Float32Array.of(0, 1, 0, 0), fields }))).toContain(
      'income missing 100 %',
    );
    expect(textOf(draw({ originals, where: new Float32Array(4), fields }))).toContain('row 0 no error');
  });

  test('leaves errors out that are not finite, and says so', () => {
    const svg = draw({ originals, where: Float32Array.of(1, NaN, 3, Infinity), fields });
    expect(textOf(svg)).toMatch(/balance −2.5 75 % age 37 25 %/);
    expect(textOf(svg).replace(/\s+/g, ' ')).toContain('not finite are not drawn; 1 of 1 rows have some.');
  });

  test('says error and value of the bar under the pointer', () => {
    const svg = draw({ originals, where: Float32Array.of(1, 0, 6, 3), fields });
    expect(tooltipAt(svg, 300, 18 + 18 + 5)).toEqual(['visits: 0', 'error 3, 30 % of row 0']);
    expect(tooltipAt(svg, 300, 5)).toEqual([]);
  });

  test.each([240, 340, 1010])('keeps within a width of %i pixels whatever names and values are', (width) => {
    const long = Array.from({ length: 4 }, (_, i) => `a column with a rather long name of its own ${i}`);
    const values = stack(3, [4], (i) => -1.23456789e-9 * (i + 1));
    const svg = draw({ originals: values, where: new Float32Array(12).fill(1), fields: long }, width);
    for (const text of svg.querySelectorAll('text[text-anchor=end]'))
      expect(Number(text.getAttribute('x')) - 6.5 * text.textContent!.length).toBeGreaterThan(0);
    expect(textOf(svg)).toContain('…');
  });
});

describe('anomalyMaps() of series', () => {
  const shades = (svg: Element) =>
    [...svg.querySelectorAll('path[fill="#ff4b3c"]')].map((path) => ({
      opacity: Number(path.getAttribute('fill-opacity')),
      spans: [...path.getAttribute('d')!.matchAll(/M([\d.]+),[\d.]+H([\d.]+)/g)].map(([, from, to]) => [
        Number(from),
        Number(to),
      ]),
    }));

  test('shades each step by the error of all its channels, as strongly as it is large', () => {
    const where = new Float32Array(20);
    where.set([1, 1, 4, 0], 8); // steps 4 and 5 of ten
    const svg = draw({ originals: stack(1, [10, 2]), where, fields: ['load', 'heat'] });
    const [weak, strong] = shades(svg);
    expect(weak!.opacity).toBeCloseTo(strong!.opacity / 2, 2);
    const step = (480 - 5) / 10;
    expect(weak!.spans).toEqual([[2.5 + 4 * step, 2.5 + 5 * step]]);
    expect(strong!.spans).toEqual([[2.5 + 5 * step, 2.5 + 6 * step]]);
    expect(textOf(svg)).toContain('The redder a step, the larger its error, up to 4; one scale for all.');
    expect(textOf(svg)).toMatch(/●.load.*●.heat/);
  });

  test('leaves a single step of ten thousand visible', () => {
    const where = new Float32Array(10_000);
    where[7777] = 1;
    const [only] = shades(draw({ originals: stack(1, [10_000, 1]), where }));
    expect(only!.spans).toHaveLength(1);
    expect(only!.spans[0]![0]).toBeCloseTo(2.5 + 0.7777 * 475, -0.5);
  });

  test('says values and error of the step under the pointer', () => {
    const where = Float32Array.from({ length: 20 }, (_, i) => i);
    const svg = draw({ originals: stack(1, [10, 2], (i) => i / 2), where, labels: ['score 3'] });
    expect(tooltipAt(svg, 2.5 + 4.5 * 47.5, 40)).toEqual(['label score 3', 'step 4: 4, 4.5', 'error 17']);
  });

  test('does not shade a whole window for errors that are next to nothing beside the largest', () => {
    const where = new Float32Array(10).fill(0.01);
    where[3] = 1;
    const [only, ...others] = shades(draw({ originals: stack(1, [10, 1]), where }));
    expect(others).toEqual([]);
    expect(only!.spans).toHaveLength(1);
  });

  test('shades nothing where nothing is wrong', () => {
    expect(shades(draw({ originals: stack(2, [10, 2]), where: new Float32Array(40) }))).toEqual([]);
  });
});

describe('anomalyMaps()', () => {
  test('draws an empty frame for no examples', () => {
    expect(textsOf(draw({ originals: stack(0, [4]), where: new Float32Array(0) }))).toEqual(['no rows']);
  });

  test.each<[Partial<BlamedExamples>, string]>([
    [{ where: new Float32Array(7) }, 'where holds 7 values, expected 8, one for each value of 2 rows'],
    [{ fields: ['a'] }, 'found 1 fields, expected 4, the names of all columns'],
    [{ labels: [1] }, 'found 1 labels for 2 rows, expected one each'],
  ])('refuses what does not fit together: %j', (wrong, message) => {
    const data = { originals: stack(2, [4]), where: new Float32Array(8) };
    expect(() => draw({ ...data, ...wrong })).toThrow(message);
    expect(() => draw({ ...data, ...wrong })).toThrow(TypeError);
  });
});
