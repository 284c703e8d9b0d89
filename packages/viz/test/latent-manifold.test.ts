import { describe, expect, test } from '@jest/globals';
import { interpolation, latentManifold } from '../src/index.js';
import { document, textsOf } from './page-document.js';

const stack = (count: number) => ({ pixels: new Uint8Array(count * 9), count, height: 3, width: 3 });
const extent: [[number, number], [number, number]] = [
  [-2, 2],
  [10, 30],
];

describe('latentManifold()', () => {
  test('labels the axes with the codes at the centres of the images, upwards', () => {
    const svg = latentManifold({ images: stack(15), columns: 5, extent }, { document });
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

  test('has one axis where there is one row', () => {
    const svg = latentManifold(
      {
        images: stack(5),
        columns: 5,
        extent: [
          [0, 1],
          [0, 0],
        ],
      },
      { document },
    );
    expect(textsOf(svg)).toContain('code →');
    expect(textsOf(svg)).not.toContain('↑ code 2');
  });

  test('refuses a grid that is not whole and an extent that is not finite', () => {
    const draw =
      (count: number, columns: number, span = extent) =>
      () =>
        latentManifold({ images: stack(count), columns, extent: span }, { document });
    expect(draw(7, 5)).toThrow(/found 7 images, expected whole rows of 5/);
    expect(draw(5, 0)).toThrow(RangeError);
    expect(
      draw(5, 5, [
        [0, NaN],
        [0, 1],
      ]),
    ).toThrow(/extent is \[\[0,null\],\[0,1\]\]/);
  });

  test('draws an empty frame for no images', () => {
    expect(textsOf(latentManifold({ images: stack(0), columns: 5, extent }, { document }))).toEqual([
      'no images',
    ]);
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
