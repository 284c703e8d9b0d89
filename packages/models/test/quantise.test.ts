import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { dequantiseWeights, quantiseWeights } from '../src/quantise.js';

describe('quantiseWeights() and dequantiseWeights()', () => {
  test('move no weight by more than half a step of its output', () => {
    const weight = fc.float({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(weight, weight, weight), { minLength: 1, maxLength: 20 }), (rows) => {
        const data = Float32Array.from(rows.flat());
        const { w } = dequantiseWeights(quantiseWeights({ w: { shape: [rows.length, 3], data } }));
        for (let output = 0; output < 3; output++) {
          const column = rows.map((row) => row[output]!);
          const step = (Math.max(...column) - Math.min(...column)) / 255;
          rows.forEach((row, i) =>
            expect(Math.abs(w!.data[3 * i + output]! - row[output]!)).toBeLessThanOrEqual(step * 0.5 + 1e-5),
          );
        }
      }),
    );
  });

  test('take a quarter of the bytes, and leave vectors as they are', () => {
    const bias = { shape: [3], data: Float32Array.of(1, 2, 3) };
    const quantised = quantiseWeights({ bias, kernel: { shape: [100, 3], data: new Float32Array(300) } });
    expect(quantised.kernel!.data.byteLength).toBe(300);
    expect(dequantiseWeights(quantised)).toEqual({
      bias,
      kernel: { shape: [100, 3], data: new Float32Array(300) },
    });
  });

  test('refuse bytes that have lost their steps', () => {
    expect(() => dequantiseWeights({ w: { shape: [1, 1], data: Uint8Array.of(7) } })).toThrow(
      'Cannot read weight "w": bytes without 1 least values and steps',
    );
  });
});
