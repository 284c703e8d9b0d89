import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';

import { decodeSafetensors, encodeSafetensors, type TensorData } from '../src/index.js';
import { sha256 } from '../src/sha256.js';

const file = (header: unknown, body: number[] = []): Uint8Array => {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(body, 8 + text.length);
  return bytes;
};

describe('encodeSafetensors() and decodeSafetensors()', () => {
  test('round-trip any tensors of any type, names and texts included', () => {
    const arrays = fc.oneof(
      fc.float32Array({ maxLength: 9 }),
      fc.float64Array({ maxLength: 9 }),
      fc.int32Array({ maxLength: 9 }),
      fc.uint8Array({ maxLength: 9 }),
    );
    const tensor = arrays.map((data): TensorData => ({ shape: [data.length], data }));
    const names = fc.string().filter((name) => name !== '__metadata__' && name !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(names, tensor), fc.dictionary(names, fc.string()), (tensors, metadata) => {
        const read = decodeSafetensors(encodeSafetensors(tensors, metadata));
        expect({ ...read.tensors }).toEqual({ ...tensors });
        expect(Object.keys(read.tensors)).toEqual(Object.keys(tensors));
        expect({ ...read.metadata }).toEqual({ ...metadata });
      }),
    );
  });

  test('lay out a file as the format says', () => {
    const bytes = encodeSafetensors({ a: { shape: [1, 2], data: Float32Array.of(1, -2) } });
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerBytes % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)))).toEqual({
      __metadata__: {
        'ae.sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
        'ae.writer': '@ae/models',
      },
      a: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
    });
    expect([...bytes.subarray(8 + headerBytes)]).toEqual([0, 0, 128, 63, 0, 0, 0, 192]);
  });
});

describe('encodeSafetensors()', () => {
  test.each([
    ['BigInt64Array', BigInt64Array.of(1n)],
    ['BigUint64Array', BigUint64Array.of(1n)],
    ['Uint16Array', Uint16Array.of(1)],
    ['Int16Array', Int16Array.of(1)],
    ['Int8Array', Int8Array.of(1)],
    ['Uint32Array', Uint32Array.of(1)],
    ['Uint8ClampedArray', Uint8ClampedArray.of(1)],
    ['Array', [1]],
    ['ArrayBuffer', new ArrayBuffer(4)],
    ['DataView', new DataView(new ArrayBuffer(4))],
    ['Undefined', undefined],
  ])('refuses %s by name, with the arrays that it writes', (kind, data) => {
    expect(() => encodeSafetensors({ a: { shape: [1], data: data as never } })).toThrow(
      new TypeError(
        `Cannot write tensor "a": found ${kind}, expected one of Float32Array, Float64Array, Int32Array, Uint8Array; convert it, such as with Float32Array.from(…)`,
      ),
    );
  });

  test('copies out of the Buffer that a file is read into, where slice() alone would share its memory', () => {
    const data = Float32Array.of(1, 2, 3);
    const bytes = Buffer.from(
      encodeSafetensors({ first: { shape: [3], data }, second: { shape: [3], data } }),
    );
    const { second } = decodeSafetensors(bytes).tensors;
    bytes.fill(0);
    expect([second!.data.length, ...second!.data]).toEqual([3, 1, 2, 3]);
  });
  test('writes arrays of another realm, and the bytes of a Buffer', () => {
    const foreign = runInNewContext('Float32Array.of(1, 2)') as Float32Array;
    const { a, b } = decodeSafetensors(
      encodeSafetensors({ a: { shape: [2], data: foreign }, b: { shape: [2], data: Buffer.from([7, 8]) } }),
    ).tensors;
    expect([...a!.data, ...b!.data]).toEqual([1, 2, 7, 8]);
  });

  test('refuses metadata that is no text, and sides that are no whole numbers', () => {
    expect(() => encodeSafetensors({}, { epoch: 3 as never })).toThrow('found number, expected a text');
    const data = Float32Array.of(1);
    expect(() => encodeSafetensors({ a: { shape: [0.5, 2], data } })).toThrow('of shape [0.5,2]');
  });
});

describe('the checksum of a file', () => {
  const whole = encodeSafetensors(
    {
      a: { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
      b: { shape: [1], data: Int32Array.of(7) },
    },
    { epoch: '3' },
  );

  test('is the SHA-256 of all bytes with zeros in its own place', () => {
    const text = Buffer.from(whole).toString('latin1');
    const [digits] = /[0-9a-f]{64}/.exec(text)!;
    const zeroed = Buffer.from(text.replace(digits, '0'.repeat(64)), 'latin1');
    expect(createHash('sha256').update(zeroed).digest('hex')).toBe(digits);
  });

  test('notices every single bit that is flipped', () => {
    let noticed = 0;
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => decodeSafetensors(flipped)).toThrow(RangeError);
      noticed += 1;
    }
    console.log(`${noticed} of ${whole.length * 8} flipped bits noticed`);
  });

  test('is the same without the checksums that Node has itself, as in a page', () => {
    const { getBuiltinModule } = process;
    try {
      process.getBuiltinModule = undefined as never;
      expect(decodeSafetensors(whole).metadata).toEqual({ epoch: '3' });
      expect(sha256(Uint8Array.of(97), Uint8Array.of(98, 99))).toBe(
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', // FIPS 180-2, appendix B.1: "abc"
      );
    } finally {
      process.getBuiltinModule = getBuiltinModule;
    }
  });

  test('is not asked of files that other programs wrote', () => {
    const foreign = file({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, [0, 0, 128, 63]);
    expect([...decodeSafetensors(foreign).tensors.a!.data]).toEqual([1]);
  });

  test('is set by the writer alone', () => {
    expect(() => encodeSafetensors({}, { 'ae.sha256': 'x' })).toThrow('it is set by the writer');
  });
});

describe('decodeSafetensors()', () => {
  test('reads half precision of either kind as float32', () => {
    const half = (dtype: string, begin: number) => ({ dtype, shape: [2], data_offsets: [begin, begin + 4] });
    const { a, b } = decodeSafetensors(
      file({ a: half('F16', 0), b: half('BF16', 4) }, [0, 0x3c, 0, 0xc0, 0x80, 0x3f, 0, 0xc0]),
    ).tensors;
    expect(a).toEqual({ shape: [2], data: Float32Array.of(1, -2) });
    expect(b).toEqual({ shape: [2], data: Float32Array.of(1, -2) });
  });

  const F32 = (shape: unknown, offsets: unknown) => ({ dtype: 'F32', shape, data_offsets: offsets });
  test.each([
    ['too short', new Uint8Array(3), 'found 3 bytes, expected at least 8'],
    ['a header longer than the file', file('{}').subarray(0, 9), 'a header of 2 bytes in a file of 9'],
    ['a header that is no JSON', file('not json'), 'the header is no JSON'],
    ['a header that is a list', file([]), 'no JSON object'],
    [
      'an unknown type',
      file({ a: { ...F32([1], [0, 4]), dtype: 'I64' } }, [0, 0, 0, 0]),
      '"I64", expected one of F32, F64, I32, U8, F16, BF16',
    ],
    [
      'a type that is called as what every object has',
      file({ a: { ...F32([1], [0, 4]), dtype: 'constructor' } }, [0, 0, 0, 0]),
      '"constructor", expected one of F32',
    ],
    ['a negative side', file({ a: F32([-1], [0, 4]) }, [0, 0, 0, 0]), 'tensor "a" of shape [-1]'],
    [
      'a shape that is too large',
      file({ a: F32([1e15, 1e15], [0, 4]) }, [0, 0, 0, 0]),
      'tensor "a" in 4 bytes, expected 4e+30',
    ],
    [
      'a shape that its bytes do not hold',
      file({ a: F32([2], [0, 4]) }, [0, 0, 0, 0]),
      '"a" in 4 bytes, expected 8',
    ],
    [
      'a shape that leaves some of its bytes',
      file({ a: F32([1], [0, 8]) }, new Array(8).fill(0)),
      '"a" in 8 bytes, expected 4',
    ],
    ['a gap', file({ a: F32([1], [4, 8]) }, new Array(8).fill(0)), '"a" at byte 4, expected it at byte 0'],
    [
      'an overlap',
      file({ a: F32([1], [0, 4]), b: F32([1], [0, 4]) }, [0, 0, 0, 0]),
      '"b" at byte 0, expected it at byte 4',
    ],
    ['trailing bytes', file({ a: F32([1], [0, 4]) }, [0, 0, 0, 0, 9]), '5 bytes of numbers, expected 4'],
    ['texts that are none', file({ __metadata__: { a: 1 } }), '__metadata__ that is no table of texts'],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(RangeError);
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });

  test('refuses every cut of a good file, and never crashes on any change of a byte', () => {
    const good = encodeSafetensors({ a: { shape: [2], data: Float32Array.of(1, 2) } }, { epoch: '3' });
    for (let end = 0; end < good.length; end++)
      expect(() => decodeSafetensors(good.subarray(0, end))).toThrow(RangeError);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const changed = good.slice();
        changed[at] = byte;
        try {
          decodeSafetensors(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
