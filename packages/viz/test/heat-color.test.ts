import { describe, expect, test } from '@jest/globals';
import { heatColor } from '../src/parts/heat-color.js';

const places = Array.from({ length: 101 }, (_, i) => i / 100);
/** L* of CIE 1976, by the luminance of sRGB. */
const lightness = (place: number) => {
  const [red, green, blue] = heatColor(place).map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
};

describe('heatColor()', () => {
  test('grows lighter at an even pace, measured in another space than that in which it is made', () => {
    const tenths = Array.from({ length: 11 }, (_, i) => lightness(i / 10));
    const [first, ...steps] = tenths.slice(1).map((value, i) => value - tenths[i]!);
    expect(first).toBeGreaterThan(7); // near black the two spaces part
    for (const step of steps) expect(Math.abs(step - 9.75)).toBeLessThan(0.4);
    expect([lightness(0), lightness(1)].map(Math.round)).toEqual([3, 98]);
  });

  test('is an orange that every screen can show, without clipping', () => {
    for (const place of places) {
      const [red, green, blue] = heatColor(place);
      expect(red).toBeLessThanOrEqual(1);
      expect(blue).toBeGreaterThanOrEqual(0);
      expect(red).toBeGreaterThan(green);
      expect(green).toBeGreaterThanOrEqual(blue);
    }
  });

  test('takes what lies outside as the end of the scale', () => {
    expect([heatColor(-1), heatColor(7)]).toEqual([heatColor(0), heatColor(1)]);
  });
});
