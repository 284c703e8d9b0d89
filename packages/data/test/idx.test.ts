import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DataError, parseIdx, writeIdx, type IdxValues } from '../src/index.js';

const arrays = [Uint8Array, Int8Array, Int16Array, Int32Array, Float32Array, Float64Array] as const;

/** Any array of up to four dimensions and of any type. */
const anyIdx = fc
  .record({
    kind: fc.constantFrom(...arrays),
    shape: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 }),
  })
  .chain(({ kind, shape }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return fc
      .uint8Array({ minLength: count * 8, maxLength: count * 8 })
      .map((bytes) => ({ shape, data: new kind(bytes.slice().buffer, 0, count) as IdxValues }));
  });

describe('parseIdx()', () => {
  test('gives back what writeIdx() wrote, for every type and shape', () => {
    fc.assert(
      fc.property(anyIdx, ({ shape, data }) => {
        const parsed = parseIdx(writeIdx({ shape, data }));
        expect(parsed.shape).toEqual(shape);
        expect(parsed.data.constructor).toBe(data.constructor);
        expect(Array.from(parsed.data)).toEqual(Array.from(data));
      }),
    );
  });

  test('accepts arbitrary bytes or refuses them with a DataError, never anything else', () => {
    const header = fc.constantFrom(
      [],
      [0, 0, 8, 1],
      [0, 0, 8, 3, 0, 0, 0],
      [0, 0, 13, 255],
      [0, 0, 8, 2, 255, 255, 255, 255],
    );
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 64 }), (start, rest) => {
        try {
          const { shape, data } = parseIdx(Uint8Array.from([...start, ...rest]));
          expect(shape.reduce((product, size) => product * size, 1)).toBe(data.length);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('refuses a file that is cut anywhere, or that goes on, naming it', () => {
    fc.assert(
      fc.property(anyIdx, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (idx, part) => {
        const bytes = writeIdx(idx);
        const cut = bytes.subarray(0, Math.floor(part * bytes.length));
        expect(() => parseIdx(cut, { file: 'the-file' })).toThrow(
          /the-file: it is truncated, found \d+ bytes, expected/,
        );
        const longer = Uint8Array.from([...bytes, 0]);
        expect(() => parseIdx(longer, { file: 'the-file' })).toThrow(
          /the-file: it has trailing bytes, found \d+ bytes, expected/,
        );
      }),
    );
  });

  test('reads MNIST’s headers as LeCun describes them', () => {
    const bytes = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 10, 20, 30, 255]);
    expect(parseIdx(bytes)).toEqual({ shape: [1, 2, 2], data: Uint8Array.of(10, 20, 30, 255) });
  });

  test('reads values of more than a byte big end first', () => {
    expect(parseIdx(Uint8Array.from([0, 0, 0x0c, 1, 0, 0, 0, 1, 0, 0, 1, 2])).data).toEqual(
      Int32Array.of(258),
    );
  });

  test('does not copy bytes', () => {
    const bytes = writeIdx({ shape: [3], data: Uint8Array.of(1, 2, 3) });
    expect(parseIdx(bytes).data.buffer).toBe(bytes.buffer);
  });

  test('names a wrong magic number', () => {
    expect(() => parseIdx(Uint8Array.of(1, 2, 3, 4, 5), { file: 'x.gz' })).toThrow(
      new DataError(
        'Cannot read x.gz: found the magic number 0x01020304, expected an IDX file (0x00000803 for images, 0x00000801 for labels)',
      ),
    );
  });

  test('refuses a number without any dimension', () => {
    expect(() => parseIdx(Uint8Array.of(0, 0, 8, 0, 7), { file: 'x' })).toThrow(
      'Cannot read x: found the magic number 0x00000800, expected an IDX file',
    );
  });

  test('names a web page in place of a file', () => {
    const page = new TextEncoder().encode('\n<!DOCTYPE html><html><body>Moved</body></html>');
    expect(() => parseIdx(page, { file: 'x' })).toThrow(
      /Cannot read x: found a web page that begins "<!DOCTYPE html>.*", expected an IDX file/,
    );
  });
});

describe('writeIdx()', () => {
  test('refuses a shape that does not hold the values', () => {
    expect(() => writeIdx({ shape: [2, 2], data: new Uint8Array(3) })).toThrow(RangeError);
    expect(() => writeIdx({ shape: [], data: new Uint8Array(1) })).toThrow(RangeError);
    expect(() => writeIdx({ shape: [1.5, 2], data: new Uint8Array(3) })).toThrow(RangeError);
  });

  test('refuses an array that the format has no type for', () => {
    expect(() => writeIdx({ shape: [1], data: new Uint16Array(1) as unknown as Uint8Array })).toThrow(
      'Cannot write an IDX file: found a Uint16Array, expected one of Uint8Array, Int8Array, Int16Array, Int32Array, Float32Array, Float64Array',
    );
  });
});
