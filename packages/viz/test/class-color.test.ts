import { describe, expect, test } from '@jest/globals';
import { classColor } from '../src/index.js';
import { inkOn } from '../src/parts/class-color.js';

type Triple = [number, number, number];

/** What complete colour blindness of each kind leaves of linear RGB: Machado, Oliveira and Fernandes, IEEE TVCG 15(6), 2009, severity 1.0. */
const sights: Record<string, number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

const linear = (color: string): Triple =>
  [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as Triple;

const seen = (rgb: Triple, sight: number[]): Triple =>
  [0, 3, 6].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        rgb.reduce((sum, v, i) => sum + v * sight[row + i]!, 0),
      ),
    ),
  ) as Triple;

/** Oklab, in which equal distances look about equally large: Björn Ottosson, "A perceptual color space for image processing", 2020. */
function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function difference(a: number, b: number, sight: number[]): number {
  const [one, other] = [a, b].map((digit) => oklab(seen(linear(classColor(digit)), sight)));
  return Math.hypot(...one!.map((value, i) => value - other![i]!));
}

const digits = [...Array(10).keys()];
const twenty = [...Array(20).keys()];
const pairs = digits.flatMap((a) => digits.filter((b) => b < a).map((b) => [a, b] as const));

describe('classColor()', () => {
  test.each(Object.entries(sights))('tells all ten digits apart with %s sight', (_, sight) => {
    for (const [a, b] of pairs) expect(difference(a, b, sight)).toBeGreaterThan(0.079); // d3's category10 falls to 0.007
  });

  test.each(Object.entries(sights))('keeps digits that look alike far apart with %s sight', (_, sight) => {
    for (const [a, b] of [
      [1, 7],
      [0, 6],
      [4, 9],
      [7, 9],
      [3, 5],
      [3, 8],
      [5, 8],
      [4, 7],
    ] as const)
      expect(difference(a, b, sight)).toBeGreaterThan(0.18);
  });

  test('has no grey among the ten', () => {
    for (const digit of digits) {
      const [, a, b] = oklab(linear(classColor(digit)));
      expect(Math.hypot(a, b)).toBeGreaterThan(0.07);
    }
  });

  test('shows on white and on black: the lightness of Oklab keeps away from both', () => {
    for (const digit of twenty) {
      const [lightness] = oklab(linear(classColor(digit)));
      expect(lightness).toBeGreaterThan(0.44);
      expect(lightness).toBeLessThan(0.86);
    }
  });

  test.each(Object.entries(sights))('tells twenty classes apart with %s sight', (name, sight) => {
    for (const a of twenty)
      for (let b = 0; b < a; b++)
        expect(difference(a, b, sight)).toBeGreaterThan(name === 'normal' ? 0.085 : 0.045);
  });

  test('comes round after twenty', () => {
    expect(classColor(23)).toBe(classColor(3));
  });
});

test('inkOn() is readable on every class: a contrast of at least 4.5 (WCAG 2.2, AA)', () => {
  const luminance = (color: string) => {
    const [r, g, b] = linear(color);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const digit of Array(20).keys()) {
    const [light, dark] = [luminance(classColor(digit)), luminance(inkOn(classColor(digit)))].sort(
      (a, b) => b - a,
    );
    expect((light! + 0.05) / (dark! + 0.05)).toBeGreaterThan(4.5);
  }
});
