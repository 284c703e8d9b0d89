import { DataError } from '../data-error.js';

/*
 * The IDX format, as described with MNIST (LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist/):
 *
 *   byte 0, 1   always 0
 *   byte 2      type of the values: 8 uint8, 9 int8, 0xB int16, 0xC int32, 0xD float32, 0xE float64
 *   byte 3      number of dimensions
 *   then        one 32-bit size per dimension
 *   then        the values, the last dimension fastest
 *
 * Everything is big-endian. An image file is 0x00000803 with count, height, width; a label file is 0x00000801 with count.
 */

/** Bytes per value, by the type's code. */
const sizes: Record<number, number> = { 0x08: 1, 0x09: 1, 0x0b: 2, 0x0c: 4, 0x0d: 4, 0x0e: 8 };

/** What the first bytes of an IDX file promise. */
export interface IdxHeader {
  /** The first four bytes: type and number of dimensions. */
  magic: number;
  shape: number[];
  /** Where the values begin. */
  offset: number;
  /** Length of the whole file. */
  length: number;
}

/**
 * Reads what the first bytes of an IDX file promise; `undefined` while they are too few to say.
 * @throws DataError for a wrong magic number
 */
export function parseIdxHeader(bytes: Uint8Array, { file }: { file: string }): IdxHeader | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = view.getUint32(0);
  const size = sizes[magic >>> 8];
  const dimensions = magic & 0xff;
  if (!size || dimensions === 0) throw notIdx(file, bytes, magic);
  const offset = 4 + 4 * dimensions;
  if (bytes.length < offset) return undefined;
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.includes(0) ? 0 : shape.reduce((product, each) => product * each, 1);
  return { magic, shape, offset, length: offset + size * count };
}

/**
 * Reads the header of a file that is there as a whole.
 * @throws DataError for a wrong magic number, and for a file that is shorter or longer than its header says
 */
export function checkIdx(bytes: Uint8Array, { file }: { file: string }): IdxHeader {
  const header = parseIdxHeader(bytes, { file });
  if (!header || bytes.length < header.length) throw truncated(file, bytes.length, header);
  if (bytes.length > header.length) throw overlong(file, `${bytes.length} bytes`, header);
  return header;
}

/** The first bytes of an IDX file, up to its values. */
export function writeIdxHeader(type: number, shape: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type * 256 + shape.length);
  shape.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  return bytes;
}

/** A magic number as it is usually written. */
export function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, '0')}`;
}

/** The error for a file that ends too early. */
export function truncated(file: string, found: number, header: IdxHeader | undefined): DataError {
  const expected = header ? `${header.length} for shape [${header.shape}]` : 'a header of at least 8';
  return new DataError(`Cannot read ${file}: it is truncated, found ${found} bytes, expected ${expected}`);
}

/** The error for a file that goes on after its last value. */
export function overlong(file: string, found: string, header: IdxHeader): DataError {
  const expected = `${header.length} bytes for shape [${header.shape}]`;
  return new DataError(`Cannot read ${file}: it has trailing bytes, found ${found}, expected ${expected}`);
}

function notIdx(file: string, bytes: Uint8Array, magic: number): DataError {
  const start = String.fromCharCode(...bytes.subarray(0, 40)).trim();
  const found = /^<(!doctype|html|\?xml|head|body)/i.test(start)
    ? `a web page that begins ${JSON.stringify(start)}`
    : `the magic number ${hex(magic)}`;
  return new DataError(
    `Cannot read ${file}: found ${found}, expected an IDX file (0x00000803 for images, 0x00000801 for labels)`,
  );
}
