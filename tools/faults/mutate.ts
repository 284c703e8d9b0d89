import type { RandomStream } from '@ae/models';

import { below, oneOf } from './row.js';

/** Bytes of a file as a bad disk, a bad network or a bad person would leave them; never the same as before. */
export function mutate(bytes: Buffer, random: RandomStream): { bytes: Buffer; how: string } {
  for (;;) {
    const how = oneOf(random, Object.keys(ways));
    const changed = ways[how]!(Buffer.from(bytes), random);
    if (!changed.equals(bytes)) return { bytes: changed, how };
  }
}

const ways: Record<string, (bytes: Buffer, random: RandomStream) => Buffer> = {
  'a bit flipped': flipBit,
  'a byte replaced'(bytes, random) {
    bytes[below(random, bytes.length)] = below(random, 256);
    return bytes;
  },
  'the end cut off': (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  'the beginning cut off': (bytes, random) => bytes.subarray(1 + below(random, bytes.length - 1)),
  'a piece doubled'(bytes, random) {
    const from = below(random, bytes.length);
    const piece = bytes.subarray(from, from + 1 + below(random, 64));
    return Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(from)]);
  },
  'a piece taken out'(bytes, random) {
    const from = below(random, bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + below(random, 64))]);
  },
  'a block of zeros': (bytes, random) => bytes.fill(0, below(random, bytes.length)),
  'two pieces exchanged'(bytes, random) {
    const size = 1 + below(random, Math.min(64, bytes.length >> 1));
    const [a, b] = [below(random, bytes.length - size), below(random, bytes.length - size)];
    const kept = Buffer.from(bytes.subarray(a, a + size));
    bytes.copyWithin(a, b, b + size);
    kept.copy(bytes, b);
    return bytes;
  },
  'a number replaced': (bytes, random) => replaceOne(bytes, random, /-?\d+(\.\d+)?([eE][-+]?\d+)?/g, numbers),
  'a value replaced': (bytes, random) =>
    replaceOne(bytes, random, /"(?:[^"\\]|\\.)*"|\btrue\b|\bfalse\b|\bnull\b|-?\d+(\.\d+)?/g, values),
  'a key renamed': (bytes, random) =>
    replaceOne(bytes, random, /"\w+"(?=\s*:)/g, ['"__proto__"', '"x"', '"constructor"']),
};

/** One bit, anywhere. */
export function flipBit(bytes: Buffer, random: RandomStream): Buffer {
  const at = below(random, bytes.length);
  bytes[at] = bytes[at]! ^ (1 << below(random, 8));
  return bytes;
}

const numbers = ['-1', '0', '1e9', '1e308', '-0', '1e999', '9007199254740993', '0.5', 'NaN', '4294967296'];
const values = [
  ...numbers,
  'null',
  '[]',
  '{}',
  '""',
  'true',
  '"../../../etc/passwd"',
  `"${'x'.repeat(5000)}"`,
  `${'['.repeat(3000)}`,
];

/** Binary files have text in them too: the header of weights is JSON. */
function replaceOne(bytes: Buffer, random: RandomStream, pattern: RegExp, by: readonly string[]): Buffer {
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, 20_000));
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return flipBit(bytes, random);
  const { 0: old, index } = oneOf(random, found);
  return Buffer.concat([
    bytes.subarray(0, index),
    Buffer.from(oneOf(random, by), 'latin1'),
    bytes.subarray(index + old.length),
  ]);
}
