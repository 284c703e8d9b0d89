import { describe, expect, test } from '@jest/globals';
import { decode } from 'fast-png';
import {
  imageGrid,
  interpolation,
  latentManifold,
  reconstructions,
  samples,
  type FigureOptions,
  type Stack,
  type ValueStack,
} from '../src/index.js';
import { document, textsOf } from './page-document.js';

const waves = (count: number, shape: number[], factor = 1): ValueStack => ({
  values: Float32Array.from(
    { length: count * shape.reduce((product, side) => product * side, 1) },
    (_, i) => factor * Math.sin(i / 3),
  ),
  count,
  shape,
});
const strokesOf = (svg: Element) => [...svg.querySelectorAll('path[fill=none]')];
const bars = (path: Element) => path.getAttribute('d')!.match(/M[^M]+/g)!;
const textOf = (svg: Element) => textsOf(svg).join(' ');
function rasterOf(svg: Element) {
  const href = svg.querySelector('image')!.getAttribute('href')!;
  return decode(Buffer.from(href.split(',')[1]!, 'base64'));
}
/** What the figure says when the pointer is at a place. */
function tooltipAt(svg: SVGSVGElement, x: number, y: number): string[] {
  const { MouseEvent } = document.defaultView!;
  svg.dispatchEvent(new MouseEvent('pointermove', { clientX: x, clientY: y }));
  return textsOf(svg.querySelector('[data-tooltip]')!);
}

const twelve: [string, (stack: (count: number) => Stack, options: FigureOptions) => SVGSVGElement][] = [
  ['imageGrid()', (stack, options) => imageGrid(stack(12), options)],
  ['samples()', (stack, options) => samples(stack(12), options)],
  ['interpolation()', (stack, options) => interpolation({ images: stack(12), columns: 4 }, options)],
  [
    'reconstructions()',
    (stack, options) => reconstructions({ originals: stack(6), reconstructions: stack(6) }, options),
  ],
  [
    'latentManifold()',
    (stack, options) =>
      latentManifold({ images: stack(12), columns: 4, across: [0, 1, 2, 3], upwards: [0, 1, 2] }, options),
  ],
];

describe.each(twelve)('%s', (name, draw) => {
  test('shows colour images in colour', () => {
    const svg = draw((count) => waves(count, [8, 8, 3]), { document });
    expect(rasterOf(svg).channels).toBe(name === 'latentManifold()' ? 3 : 4); // no gaps, no opacity
    expect(svg.querySelector('desc')!.textContent).toMatch(/images?\b/);
  });

  test('shows rows as strips of bars, and speaks of no images or pixels', () => {
    const svg = draw((count) => waves(count, [20]), { document });
    expect(svg.querySelector('image')).toBeNull();
    expect(strokesOf(svg).filter((path) => bars(path).length === 20).length).toBeGreaterThanOrEqual(12);
    expect(textOf(svg)).toContain('Each bar is one of 20 values, all from −1 to 1.');
    expect(svg.textContent).toMatch(/rows?\b/);
    expect(svg.textContent).not.toMatch(/image|pixel/);
  });

  test('shows series as lines, a line and a colour a channel', () => {
    const svg = draw((count) => waves(count, [64, 4]), { document, width: 700 });
    const strokes = strokesOf(svg).map((path) => path.getAttribute('stroke'));
    expect(new Set(strokes).size).toBe(4);
    expect(strokes.length).toBeGreaterThanOrEqual(48);
    expect(textOf(svg)).toContain('Each line runs over 64 steps');
    expect(textOf(svg)).toContain('channel 4');
    expect(svg.textContent).not.toMatch(/image|pixel/);
  });

  test.each([[240], [480], [1248]])('keeps strips within a width of %i pixels', (width) => {
    const svg = draw((count) => waves(count, [400, 1]), { document, width });
    expect(Number(svg.getAttribute('width'))).toBe(width);
    const places = svg.outerHTML.match(/(?<=[ML])-?[\d.]+(?=,)/g)!.map(Number);
    expect(Math.max(...places)).toBeLessThanOrEqual(width);
    expect(svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('says what is missing, by its name', () => {
    expect(textOf(draw(() => waves(0, [8, 8, 3]), { document }))).toMatch(
      /^no (images|samples|recons|inter)/,
    );
    expect(textOf(draw(() => waves(0, [20]), { document }))).toMatch(/^no (rows|samples|recons|inter)/);
  });
});

describe('a stack', () => {
  test('of three channels is red, green and blue, of four also opacity', () => {
    const rgb = { pixels: Uint8Array.of(255, 0, 10, 20, 30, 40), count: 1, height: 1, width: 2 };
    expect([...rasterOf(imageGrid({ ...rgb, channels: 3 }, { document })).data]).toEqual([...rgb.pixels]);
    const rgba = Float32Array.of(1, 0, 0.5, 0.2, -1, 2, 0, 1);
    const { data, channels } = rasterOf(
      imageGrid({ pixels: rgba, count: 1, height: 1, width: 2, channels: 4 }, { document }),
    );
    expect(channels).toBe(4);
    expect([...data]).toEqual([255, 0, 128, 51, 0, 255, 0, 255]);
  });

  test('is the same as values with a shape or as pixels', () => {
    const { values, count } = waves(4, [6, 5, 3]);
    const draw = (stack: Stack) => imageGrid(stack, { document }).outerHTML;
    expect(draw({ values, count, shape: [6, 5, 3] })).toBe(
      draw({ pixels: values, count, height: 6, width: 5, channels: 3 }),
    );
  });

  test('of bytes without pixels means value / 255', () => {
    const svg = imageGrid({ values: Uint8Array.of(0, 51, 255), count: 1, shape: [3] }, { document });
    expect(textOf(svg)).toBe('Each bar is one of 3 values, all from 0 to 1.');
  });

  test('with a value that is not finite is crossed out, the others are not', () => {
    const stack = waves(3, [20]);
    stack.values[25] = NaN;
    const svg = imageGrid(stack, { document });
    expect(strokesOf(svg).filter((path) => bars(path).length === 20)).toHaveLength(2);
    expect(textOf(svg)).toContain('Crossed out: 1 of 3 rows hold values');
  });

  test('with a few values far from all others cuts them off, and says so', () => {
    const stack = waves(50, [20]);
    stack.values[7] = 1e6;
    const svg = imageGrid(stack, { document, width: 900 });
    expect(textOf(svg)).toMatch(/all from −1 to 1\. Beyond that, and drawn at the edge: [1-9]/);
  });

  test.each<[Partial<ValueStack>, RegExp]>([
    [{ shape: [2, 2, 2, 2] }, /images.shape is \[2, 2, 2, 2\], expected \[height, width, channels\]/],
    [{ shape: [] }, /images.shape is \[\]/],
    [{ shape: [4, 4, 2] }, /expected \[height, width, channels\] with 1, 3 or 4 channels/],
    [{ shape: [0] }, /images.shape\[0\] is 0, expected a whole number from 1/],
    [{ shape: [5] }, /images.values holds 32 values, expected 10 for 2 rows of 5 values/],
    [{ shape: [4, 5] }, /expected 40 for 2 series of 4 steps in 5 channels/],
    [{ count: -1 }, /images.count is -1/],
    [{ values: [1] as never }, /images.values is Array|object/],
  ])('that does not fit together is refused: %j', (wrong, message) => {
    expect(() => imageGrid({ ...waves(2, [16]), ...wrong }, { document })).toThrow(message);
  });

  test('of two channels is refused', () => {
    const stack = { pixels: new Uint8Array(8), count: 1, height: 2, width: 2, channels: 2 as never };
    expect(() => imageGrid(stack, { document })).toThrow(
      new RangeError('Cannot draw image grid: images.channels is 2, expected 1, 3 or 4'),
    );
  });
});

describe('reconstructions()', () => {
  const errorOf = (originals: Stack, copies: Stack) =>
    tooltipAt(reconstructions({ originals, reconstructions: copies }, { document }), 100, 4);

  test('counts the error over all channels', () => {
    const stack = (value: number) => ({ values: Float32Array.of(0, 0, value), count: 1, shape: [1, 1, 3] });
    expect(errorOf(stack(0), stack(0.6))).toContain('squared error 0.12 a value'); // 0.36 / 3
  });

  test('calls the error of a grey image one of its pixels', () => {
    const stack = (value: number) => ({ pixels: Float32Array.of(value), count: 1, height: 1, width: 1 });
    expect(errorOf(stack(0), stack(0.5))).toContain('squared error 0.25 a pixel');
  });

  test('shows the original of a row behind its reconstruction, and both values under the pointer', () => {
    const svg = reconstructions(
      { originals: waves(2, [20]), reconstructions: waves(2, [20], 2) },
      { document },
    );
    expect(strokesOf(svg).filter((path) => path.getAttribute('stroke-opacity') === '0.3')).toHaveLength(2);
    expect(textOf(svg)).toContain('Behind each reconstruction, faint: its original.');
    expect(tooltipAt(svg, 101, 4)).toEqual(['row 0', expect.stringMatching(/a value$/), 'value 0: 0 → 0']);
  });

  test('says the values of all channels of a step under the pointer, four of them at most', () => {
    const stack = (channels: number) => ({
      values: Float32Array.from({ length: 3 * channels }, (_, i) => i),
      count: 1,
      shape: [3, channels],
    });
    const said = (channels: number) => errorOf(stack(channels), stack(channels)).at(-1);
    expect(said(2)).toBe('step 0: 0, 1 → 0, 1');
    expect(said(5)).toBe('step 0: 0, 1, 2, 3 → 0, 1, 2, 3, …');
  });

  test('refuses reconstructions of another shape', () => {
    expect(() =>
      reconstructions({ originals: waves(2, [4, 4, 3]), reconstructions: waves(2, [4, 4, 1]) }, { document }),
    ).toThrow('found reconstructions of 2 images of 4x4, expected 2 images of 4x4x3 as the originals are');
  });
});
