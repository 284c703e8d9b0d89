import { DataError } from '../data-error.js';
import { crc32 } from './crc32.js';

/** Unpacks DEFLATE piece by piece, no further than it is read: 64 KiB of it can become 64 MiB, and no more. */
export async function* inflate(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  const { Inflate } = await import('fflate');
  const pieces: Uint8Array[] = [];
  const stream = new Inflate((piece) => pieces.push(piece));
  for (let from = 0; from < packed.length || from === 0; from += step) {
    stream.push(packed.subarray(from, from + step), from + step >= packed.length);
    yield* pieces.splice(0).filter(({ length }) => length > 0);
  }
}

/** Unpacks gzip of one member (RFC 1952) as `inflate` does; what it held is checked against its CRC-32 and length at the end. */
export async function* gunzip(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  const start = gzipHeaderLength(packed);
  const end = packed.length - 8;
  if (start === undefined || end < start) throw new Error('it is truncated');
  let [crc, length] = [0, 0];
  for await (const piece of inflate(packed.subarray(start, end))) {
    crc = crc32(piece, crc);
    length += piece.length;
    yield piece;
  }
  const view = new DataView(packed.buffer, packed.byteOffset + end, 8);
  if (crc !== view.getUint32(0, true) || length % 2 ** 32 !== view.getUint32(4, true))
    throw new Error('its checksum is not that of what it holds');
}

/**
 * All of a DEFLATE of which the length and the CRC-32 are known. Memory is taken for as much as such bytes can become at most.
 * @throws DataError where it is damaged, or becomes more or less
 */
export async function inflateWhole(
  packed: Uint8Array,
  { size, crc, file }: { size: number; crc: number; file: string },
): Promise<Uint8Array> {
  const wrong = (found: string, cause?: unknown) =>
    new DataError(
      `Cannot unpack ${file}: found ${found}, expected ${size} bytes of the checksum that is kept with them`,
      { cause },
    );
  if (size > packed.length * 1032 + 1024)
    throw wrong(`${packed.length} packed bytes, which cannot hold them`);
  const whole = new Uint8Array(size);
  let filled = 0;
  try {
    for await (const piece of inflate(packed)) {
      if (filled + piece.length > size) throw wrong('more');
      whole.set(piece, filled);
      filled += piece.length;
    }
  } catch (cause) {
    throw cause instanceof DataError ? cause : wrong((cause as Error).message, cause);
  }
  if (filled < size) throw wrong(`${filled} bytes`);
  if (crc32(whole) !== crc) throw wrong('others');
  return whole;
}

const step = 2 ** 16;

/** Where the packed bytes begin; `undefined` while there are too few to say. */
function gzipHeaderLength(bytes: Uint8Array): number | undefined {
  const flags = bytes[3]!;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[10]! | (bytes[11]! << 8));
  for (const text of [8, 16]) if (flags & text) at = bytes.indexOf(0, at) + 1 || Infinity;
  if (flags & 2) at += 2;
  return at < bytes.length ? at : undefined;
}
