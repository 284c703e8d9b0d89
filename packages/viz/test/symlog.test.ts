import { describe, expect, test } from '@jest/globals';
import { codeAxis, linearAxis } from '../src/index.js';

describe('codeAxis()', () => {
  test('is linear for codes without long tails', () => {
    expect(codeAxis(Float32Array.of(-3, 1, 2, -1, 0.5, 4))).toBe(linearAxis);
    expect(codeAxis(new Float32Array(4))).toBe(linearAxis);
    expect(codeAxis([])).toBe(linearAxis);
  });

  test('is logarithmic beyond the median distance from 0 for others, and leads back', () => {
    const { linearUpTo, toPlace, toCoordinate } = codeAxis([1, -1, 1, 2, -2, 0, 0, 10_000]);
    expect(linearUpTo).toBe(1.5); // of the six that are not 0
    expect((toPlace(1e6) - toPlace(1e5)) / (toPlace(1e5) - toPlace(1e4))).toBeCloseTo(1, 3);
    for (const coordinate of [-5000, -1, 0, 0.01, 300])
      expect(toCoordinate(toPlace(coordinate))).toBeCloseTo(coordinate, 6);
  });
});
