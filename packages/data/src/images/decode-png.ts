import { DataError } from '../data-error.js';
import { orientationOf, turned } from './orientation.js';
import type { Pixels } from './pixels.js';
import { chunksOfPng, type PngChunks } from './png-chunks.js';
import { samplesTo } from './png-samples.js';
import { unfilter } from './png-unfilter.js';

/** Unpacks a zlib stream into an array that it is given, as fflate's `unzlibSync` does. */
export type Unzlib = (packed: Uint8Array, options: { out: Uint8Array }) => Uint8Array;

/**
 * The picture in a PNG file: every depth, palettes, opacity, both ways of interlacing; 16 bits become 8 by rounding. Colour profiles and
 * gamma are left aside, and of an animation the still picture is taken.
 * @throws DataError for a file that is cut or damaged, which its checksums show, or has more than 2^28 pixels
 */
export function decodePng(bytes: Uint8Array, name: string, unzlib: Unzlib): Pixels {
  const png = chunksOfPng(bytes, name);
  const { width, height, depth, colorType } = png;
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colorType]!;
  const passes = (png.isInterlaced ? adam7 : [[0, 0, 1, 1] as const])
    .map(([left, top, right, down]) => {
      const [columns, rows] = [Math.ceil((width - left) / right), Math.ceil((height - top) / down)];
      return { left, top, right, down, columns, rows, stride: Math.ceil((columns * samples * depth) / 8) };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
  const raw = unpack(
    png,
    passes.reduce((sum, { rows, stride }) => sum + rows * (stride + 1), 0),
    { name, unzlib },
  );
  const write = samplesTo(png, name);
  let at = 0;
  for (const { left, top, right, down, columns, rows, stride } of passes) {
    const lines = unfilter(raw, at, { rows, stride, step: Math.max(1, (samples * depth) >> 3), name });
    for (let row = 0; row < rows; row++)
      write.row(lines, at + row * (stride + 1) + 1, {
        ...{ columns, step: right, to: (top + row * down) * width + left },
      });
    at += rows * (stride + 1);
  }
  const pixels = { width, height, channels: write.channels, data: write.data };
  return png.exif ? turned(pixels, orientationOf(png.exif)) : pixels;
}

/** Left, top, and steps to the right and down of the seven passes. */
const adam7 = [
  ...[[0, 0, 8, 8] as const, [4, 0, 8, 8] as const, [0, 4, 4, 8] as const, [2, 0, 4, 4] as const],
  ...[[0, 2, 2, 4] as const, [1, 0, 2, 2] as const, [0, 1, 1, 2] as const],
];

/** A byte of deflate can stand for no more than this many. */
const highestRatio = 1032;

function unpack(
  { data, width, height }: PngChunks,
  length: number,
  { name, unzlib }: { name: string; unzlib: Unzlib },
): Uint8Array {
  const packed = new Uint8Array(data.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of data) {
    packed.set(piece, at);
    at += piece.length;
  }
  const wrong = (found: string) =>
    new DataError(
      `Cannot read ${name}: found ${found}, expected ${length} for ${width} × ${height} pixels; it is damaged`,
    );
  if (packed.length * highestRatio < length) throw wrong(`${packed.length} packed bytes`);
  let raw: Uint8Array;
  try {
    raw = unzlib(packed, { out: new Uint8Array(length + 1) }); // one more shows whether there is more
  } catch (cause) {
    throw Object.assign(wrong(`bytes that cannot be unpacked (${(cause as Error).message})`), { cause });
  }
  if (raw.length !== length) throw wrong(raw.length < length ? `${raw.length} bytes` : 'more bytes');
  const sum = new DataView(packed.buffer, packed.length - 4).getUint32(0);
  if (adler32(raw) !== sum) throw wrong('bytes of another checksum');
  return raw;
}

/** Adler-32 of RFC 1950. */
function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let at = 0; at < bytes.length;) {
    for (const end = Math.min(bytes.length, at + 3800); at < end; at++) b += a += bytes[at]!;
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
