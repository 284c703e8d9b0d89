import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { windows } from '../src/index.js';

describe('windows()', () => {
  test('slides over a series, step by step', () => {
    const { values, shape, count } = windows([1, 2, 3, 4], { length: 3 });
    expect({ shape, count }).toEqual({ shape: [3, 1], count: 2 });
    expect(Array.from(values)).toEqual([1, 2, 3, 2, 3, 4]);
  });

  test('keeps the channels of a step together, and bytes bytes', () => {
    const series = Uint8Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50);
    const { values, shape, count } = windows(series, { channels: 2, length: 2, stride: 2 });
    expect({ shape, count }).toEqual({ shape: [2, 2], count: 2 });
    expect(values).toEqual(Uint8Array.of(1, 10, 2, 20, 3, 30, 4, 40));
  });

  test('has every whole window and no other', () => {
    const whole = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 0, max: 60 }), (length, stride, more) => {
        const steps = length + more;
        const { values, count } = windows(
          Array.from({ length: steps }, (_, i) => i),
          { length, stride },
        );
        const starts = Array.from({ length: steps }, (_, i) => i).filter(
          (i) => i % stride === 0 && i + length <= steps,
        );
        expect(count).toBe(starts.length);
        expect(Array.from(values)).toEqual(
          starts.flatMap((start) => Array.from({ length }, (_, i) => start + i)),
        );
      }),
    );
  });

  test('refuses a series that is shorter than a window, and half a step', () => {
    expect(() => windows([1, 2], { length: 3 })).toThrow('found a series of 2 steps, expected at least 3');
    expect(() => windows([1, 2, 3], { channels: 2, length: 1 })).toThrow(
      'found 3 values, expected a multiple of 2',
    );
    expect(() => windows([1, 2], { length: 0 })).toThrow('found length 0, expected a whole number from 1');
    expect(() => windows([1, 2], { length: 1, stride: 0.5 })).toThrow(RangeError);
  });
});
