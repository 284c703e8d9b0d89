import { DataError } from './errors.js';

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

/** The values of an IDX file, by their type. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An IDX file: an array of any number of dimensions, the last one fastest. */
export interface Idx {
  shape: number[];
  data: IdxValues;
}

/** What the first bytes of an IDX file promise. */
export interface IdxHeader {
  magic: number;
  shape: number[];
  /** Where the values begin. */
  offset: number;
  /** Length of the whole file. */
  length: number;
}

interface ValueType {
  size: number;
  create(count: number): IdxValues;
  get(view: DataView, at: number): number;
  set(view: DataView, at: number, value: number): void;
}

const types: Record<number, ValueType> = {
  0x08: {
    size: 1,
    create: (n) => new Uint8Array(n),
    get: (v, at) => v.getUint8(at),
    set: (v, at, x) => v.setUint8(at, x),
  },
  0x09: {
    size: 1,
    create: (n) => new Int8Array(n),
    get: (v, at) => v.getInt8(at),
    set: (v, at, x) => v.setInt8(at, x),
  },
  0x0b: {
    size: 2,
    create: (n) => new Int16Array(n),
    get: (v, at) => v.getInt16(at),
    set: (v, at, x) => v.setInt16(at, x),
  },
  0x0c: {
    size: 4,
    create: (n) => new Int32Array(n),
    get: (v, at) => v.getInt32(at),
    set: (v, at, x) => v.setInt32(at, x),
  },
  0x0d: {
    size: 4,
    create: (n) => new Float32Array(n),
    get: (v, at) => v.getFloat32(at),
    set: (v, at, x) => v.setFloat32(at, x),
  },
  0x0e: {
    size: 8,
    create: (n) => new Float64Array(n),
    get: (v, at) => v.getFloat64(at),
    set: (v, at, x) => v.setFloat64(at, x),
  },
};

/**
 * Reads an IDX file. Bytes are not copied: `data` of a uint8 file is a view into `bytes`.
 * @param file the name that errors carry
 * @throws DataError for a wrong magic number, and for a file that is shorter or longer than its header says
 */
export function parseIdx(bytes: Uint8Array, { file = 'an IDX file' }: { file?: string } = {}): Idx {
  const header = parseIdxHeader(bytes, { file });
  if (!header || bytes.length < header.length) throw truncated(file, bytes.length, header?.length ?? 4);
  if (bytes.length > header.length) throw overlong(file, `${bytes.length} bytes`, header);
  const type = types[bytes[2]!]!;
  if (bytes[2] === 0x08) return { shape: header.shape, data: bytes.subarray(header.offset) };
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.offset);
  const data = type.create((header.length - header.offset) / type.size);
  for (let i = 0; i < data.length; i++) data[i] = type.get(view, i * type.size);
  return { shape: header.shape, data };
}

/**
 * Writes an array as an IDX file, the type chosen by the kind of `data`.
 * @throws RangeError when the shape does not hold as many values as there are, or has no or more than 255 dimensions
 */
export function writeIdx({ shape, data }: Idx): Uint8Array {
  const code = Object.keys(types)
    .map(Number)
    .find((key) => types[key]!.create(0).constructor === data.constructor)!;
  const count = shape.reduce((product, size) => product * size, 1);
  const sound = shape.every((size) => Number.isInteger(size) && size >= 0 && size < 2 ** 32);
  if (!sound || shape.length === 0 || shape.length > 255 || count !== data.length) {
    throw new RangeError(
      `Cannot write an IDX file: found ${data.length} values, expected as many as shape [${shape}] holds`,
    );
  }
  const header = writeIdxHeader(code, shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  if (data instanceof Uint8Array) bytes.set(data, header.length);
  const view = new DataView(bytes.buffer, header.length);
  const { size, set } = types[code]!;
  if (code !== 0x08) for (let i = 0; i < count; i++) set(view, i * size, data[i]!);
  return bytes;
}

/** The first bytes of an IDX file, up to its values; 8 is the type of bytes. */
export function writeIdxHeader(type: number, shape: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type * 256 + shape.length);
  shape.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  return bytes;
}

/**
 * What the first bytes of an IDX file promise, or `undefined` while they are too few to say.
 * @throws DataError for a wrong magic number
 */
export function parseIdxHeader(bytes: Uint8Array, { file }: { file: string }): IdxHeader | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = view.getUint32(0);
  const type = types[magic >>> 8];
  const dimensions = magic & 0xff;
  if (!type || dimensions === 0) throw notIdx(file, bytes, magic);
  const offset = 4 + 4 * dimensions;
  if (bytes.length < offset) return undefined;
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  return {
    magic,
    shape,
    offset,
    length: offset + type.size * shape.reduce((product, size) => product * size, 1),
  };
}

/** A magic number as it is usually written. */
export function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, '0')}`;
}

/** The error for a file that ends too early. */
export function truncated(file: string, found: number, expected: number): DataError {
  return new DataError(`Cannot read ${file}: it is truncated, found ${found} bytes, expected ${expected}`);
}

/** The error for a file that goes on after its last value. */
export function overlong(file: string, found: string, header: IdxHeader): DataError {
  return new DataError(
    `Cannot read ${file}: it has trailing bytes, found ${found}, expected ${header.length} for shape [${header.shape}]`,
  );
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
