import { describe, expect, test } from '@jest/globals';

import { fromBfloat16, fromFloat16 } from '../src/half-precision.js';

describe('fromFloat16()', () => {
  // The table of IEEE 754 binary16 examples; numpy's float16 has the same.
  test.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, (1023 / 1024) * 2 ** -14],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0xfc00, -Infinity],
    [0x7e00, NaN],
  ])('reads the bits %d as %d', (bits, value) => {
    expect([...fromFloat16(Uint16Array.of(bits))]).toEqual([value]);
  });
});

describe('fromBfloat16()', () => {
  test.each([
    [0x3f80, 1],
    [0xc049, -3.140625],
    [0x8000, -0],
    [0x7f7f, 3.3895313892515355e38],
    [0xff80, -Infinity],
    [0x7fc1, NaN],
  ])('reads the bits %d as %d', (bits, value) => {
    expect([...fromBfloat16(Uint16Array.of(bits))]).toEqual([value]);
  });
});
