import { describe, expect, test } from '@jest/globals';
import { decode } from 'fast-png';
import { interpolation, latentManifold, manifoldGrid } from '../src/index.js';
import { document, textsOf } from './page-document.js';

const stack = (count: number) => ({ pixels: new Uint8Array(count * 9), count, height: 3, width: 3 });
const across = [-2, -1, 0, 1, 2];
const upwards = [10, 20, 30];

describe('latentManifold()', () => {
  test('labels the axes with the codes at the centres of the images, upwards', () => {
    const svg = latentManifold({ images: stack(15), columns: 5, across, upwards }, { document });
    const image = svg.querySelector('image')!;
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) =>
      Number(image.getAttribute(name)),
    );
    const place = (text: string) => {
      const found = [...svg.querySelectorAll('text')].find(({ textContent }) => textContent === text)!;
      return { x: Number(found.getAttribute('x')), y: Number(found.getAttribute('y')) };
    };
    expect(place('−2').x).toBeCloseTo(x! + width! / 10, 1);
    expect(place('2').x).toBeCloseTo(x! + (9 * width!) / 10, 1);
    expect(place('30').y).toBeLessThan(place('10').y);
    expect(place('20').y - 3.8).toBeCloseTo(y! + height! / 2, 1);
  });

  test('puts uneven coordinates at even distances, and says them as exactly as tells neighbours apart', () => {
    const svg = latentManifold(
      { images: stack(25), columns: 5, across: [-1000, -20, 0.07, 0.11, 900.4], upwards: [0, 1, 2, 3, 4] },
      { document, width: 600 },
    );
    const labels = [...svg.querySelectorAll('text[text-anchor=middle]')];
    expect(labels.map(({ textContent }) => textContent)).toEqual(['−1,000', '−20', '0.07', '0.11', '900']);
    const places = labels.map((label) => Number(label.getAttribute('x')));
    for (let i = 1; i < 5; i++) expect(places[i]! - places[i - 1]!).toBeCloseTo(places[1]! - places[0]!, 0);
  });

  test('dims a place without codes nearby, and says so', () => {
    const images = { ...stack(4), pixels: new Uint8Array(36).fill(200) };
    const grid = { images, columns: 2, across: [0, 1], upwards: [0, 1] };
    const draw = (presence?: Float32Array) =>
      latentManifold({ ...grid, ...(presence && { presence }) }, { document, width: 600 });
    const shades = (svg: SVGSVGElement) => {
      const url = svg.querySelector('image')!.getAttribute('href')!;
      const { data } = decode(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
      return [data[0], data[5], data[30], data[35]];
    };
    const dimmed = draw(Float32Array.of(1, 0, 1, 0.5));
    expect(shades(dimmed)).toEqual([200, 44, 200, 122]);
    expect(dimmed.textContent).toContain('Dimmed: no codes of images nearby.');
    expect(shades(draw())).toEqual([200, 200, 200, 200]);
    expect(draw().textContent).not.toContain('Dimmed');
  });

  test('has one axis where there is one row', () => {
    const svg = latentManifold({ images: stack(5), columns: 5, across }, { document });
    expect(textsOf(svg)).toContain('code →');
    expect(textsOf(svg)).not.toContain('↑ code 2');
  });

  test('refuses a grid that is not whole and coordinates that do not fit', () => {
    const draw =
      (count: number, columns: number, given: Partial<Parameters<typeof latentManifold>[0]> = {}) =>
      () =>
        latentManifold({ images: stack(count), columns, across, ...given }, { document });
    expect(draw(7, 5)).toThrow(/found 7 images, expected whole rows of 5/);
    expect(draw(5, 0)).toThrow(RangeError);
    expect(draw(5, 5, { across: [0, 1, 2, 3, NaN] })).toThrow(
      'across is 0, 1, 2, 3, NaN, expected finite numbers that rise',
    );
    expect(draw(5, 5, { across: [0, 1, 1, 2, 3] })).toThrow(RangeError);
    expect(draw(15, 5)).toThrow('found 1 coordinates upwards, expected 3');
    expect(draw(5, 5, { presence: Float32Array.of(1) })).toThrow('found 1 values of presence for 5 images');
    expect(draw(5, 5, { presence: new Float32Array(6) })).toThrow('found 6 values of presence for 5 images');
    for (const share of [-0.1, 1.1, NaN])
      expect(draw(5, 5, { presence: Float32Array.of(0, 1, share, 1, 0) })).toThrow(
        'a value of presence is not 0 to 1',
      );
  });

  test('draws an empty frame for no images', () => {
    expect(
      textsOf(latentManifold({ images: stack(0), columns: 5, across, upwards: [] }, { document })),
    ).toEqual(['no images']);
  });
});

describe('manifoldGrid()', () => {
  /** Ten classes on rays: class c lies about 10^(c/2 − 2) from the origin, so that linear axes show the outermost only. */
  const rays = (count: number) =>
    Float32Array.from({ length: 2 * count }, (_, i) => {
      const point = i >> 1;
      const radius = 10 ** ((point % 10) / 2 - 2) * (1 + 0.3 * Math.sin(7 * point));
      const angle = 2.4 * (point % 10) + 0.3 * Math.cos(11 * point);
      return radius * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    });

  test('gives every class room, however far apart they lie', () => {
    const codes = rays(2000);
    const { codes: places } = manifoldGrid(codes, 20);
    const seen = new Set<number>(); // classes that are nearest, by ratio, to some place
    for (let i = 0; i < places.length; i += 2) {
      const radius = Math.hypot(places[i]!, places[i + 1]!);
      seen.add(Math.min(9, Math.max(0, Math.round(2 * (Math.log10(radius) + 2)))));
    }
    expect(seen.size).toBeGreaterThanOrEqual(9); // evenly spaced places see the two outermost
  });

  test('has as many codes between any two neighbouring columns, and between rows', () => {
    const codes = rays(3000);
    const { across, upwards } = manifoldGrid(codes, 11);
    for (const [axis, places] of [across, upwards].entries())
      for (let i = 1; i < places.length; i++) {
        const between = codes.filter(
          (value, at) => at % 2 === axis && value >= places[i - 1]! && value < places[i]!,
        );
        expect(between.length).toBeGreaterThan(285);
        expect(between.length).toBeLessThan(303); // (1 − 2 · 0.01) · 3000 / 10 = 294
      }
  });

  test('lays the codes out row by row from the top', () => {
    const { codes, across, upwards } = manifoldGrid(rays(500), 5);
    expect([...codes.subarray(0, 2)]).toEqual([across[0], upwards[4]].map((value) => Math.fround(value!)));
    expect([...codes.subarray(-2)]).toEqual([across[4], upwards[0]].map((value) => Math.fround(value!)));
  });

  test('knows near which places codes lie', () => {
    const diagonal = Float32Array.from({ length: 2000 }, (_, i) => i >> 1);
    const { presence } = manifoldGrid(diagonal, 5);
    expect([...presence]).toEqual(
      Array.from({ length: 25 }, (_, i) => {
        const [row, column] = [Math.floor(i / 5), i % 5];
        const away = Math.abs(row - (4 - column)); // steps from the diagonal, which runs upwards
        return away <= 1 ? 1 : expect.closeTo(Math.max(0, 2 - away / Math.SQRT2), 1);
      }),
    );
  });

  test('does not take one stray in two thousand for codes that lie there', () => {
    const diagonal = (i: number) => [i / 4000, i / 4000];
    const many = Array.from({ length: 4000 }, (_, i) => diagonal(i));
    const corner = (strays: number) =>
      manifoldGrid(Float32Array.from([...many, ...Array(strays).fill([0.98, 0.02])].flat()), 5).presence.at(
        -1,
      );
    expect([0, 1, 2, 3].map(corner)).toEqual([0, 0, 0, 1]);
  });

  test.each([
    ['all equal', Float32Array.of(3, -1, 3, -1, 3, -1)],
    ['on a line along an axis', Float32Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? i : 0))],
    ['zero more often than not', Float32Array.from({ length: 400 }, (_, i) => Math.max(0, (i % 20) - 10))],
    ['not finite in places', Float32Array.of(1, 2, NaN, 4, 5, Infinity, 7, 8)],
  ])('rises in both directions where codes are %s', (_, codes) => {
    const { across, upwards, presence } = manifoldGrid(codes, 6);
    for (const places of [across, upwards])
      for (let i = 1; i < places.length; i++) expect(places[i]).toBeGreaterThan(places[i - 1]!);
    expect(presence.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(Math.max(...presence)).toBeGreaterThan(0);
  });

  test('refuses what makes no plane', () => {
    expect(() => manifoldGrid(Float32Array.of(1, 2, 3), 5)).toThrow('found 3 values, expected pairs');
    expect(() => manifoldGrid(Float32Array.of(1, 2), 1)).toThrow(RangeError);
    expect(() => manifoldGrid(Float32Array.of(NaN, 2), 5)).toThrow('found no finite code');
  });
});

describe('interpolation()', () => {
  test('puts each interpolation in a row above an axis from 0 to 1', () => {
    const svg = interpolation({ images: stack(12), columns: 4 }, { document });
    expect(textsOf(svg)).toEqual(['0', '0.5', '1', 'way from the first code to the last →']);
    expect(svg.querySelector('desc')!.textContent).toMatch(/^3 interpolations in 4 steps each/);
  });

  test('refuses rows that are not whole and fewer than two steps', () => {
    expect(() => interpolation({ images: stack(7), columns: 3 }, { document })).toThrow(
      /expected whole rows of 3/,
    );
    expect(() => interpolation({ images: stack(7), columns: 1 }, { document })).toThrow(/columns is 1/);
  });

  test('draws an empty frame for no images', () => {
    expect(textsOf(interpolation({ images: stack(0), columns: 3 }, { document }))).toEqual([
      'no interpolations',
    ]);
  });
});
