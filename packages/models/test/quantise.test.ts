import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { dequantiseWeights, quantiseWeights } from '../src/quantise.js';

/** Values of a tensor that is worth it. */
const LARGE = 3 * 22_000;

describe('quantiseWeights() and dequantiseWeights()', () => {
  test('move no weight of a large tensor by more than half a step of its output', () => {
    const weight = fc.float({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(weight, weight, weight), { minLength: 1, maxLength: 20 }), (rows) => {
        const data = Float32Array.from({ length: LARGE }, (_, i) => rows.flat()[i % (3 * rows.length)]!);
        const { w } = dequantiseWeights(quantiseWeights({ w: { shape: [LARGE / 3, 3], data } }));
        for (let output = 0; output < 3; output++) {
          const column = rows.map((row) => row[output]!);
          const step = (Math.max(...column) - Math.min(...column)) / 127;
          rows.forEach((row, i) =>
            expect(Math.abs(w!.data[3 * i + output]! - row[output]!)).toBeLessThanOrEqual(step * 0.5 + 1e-5),
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  test('take a quarter of the bytes of what is large, and leave the others as they are', () => {
    const bias = { shape: [3], data: Float32Array.of(1, 2, 3) };
    const kernel = { shape: [LARGE / 3, 3], data: new Float32Array(LARGE) };
    const quantised = quantiseWeights({ bias, kernel });
    expect(quantised.kernel!.data.byteLength).toBe(LARGE);
    expect(dequantiseWeights(quantised)).toEqual({ bias, kernel });
  });

  test('refuse bytes that have lost their steps', () => {
    expect(() => dequantiseWeights({ w: { shape: [1, 1], data: Uint8Array.of(7) } })).toThrow(
      'Cannot read weight "w": bytes without 1 least values and steps',
    );
    const least = { shape: [1], data: Float32Array.of(0) };
    for (const lost of [
      { 'w:min': least },
      { 'w:step': least },
      { 'w:min': least, 'w:step': { shape: [0], data: new Float32Array() } },
    ])
      expect(() => dequantiseWeights({ w: { shape: [1, 1], data: Uint8Array.of(7) }, ...lost })).toThrow(
        'Cannot read weight "w"',
      );
  });
});
