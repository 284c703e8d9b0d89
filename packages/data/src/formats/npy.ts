import { partsOfArrays } from '../arrays/parts-of-arrays.js';
import { readNpyHeader, type NpyHeader } from '../arrays/npy-header.js';
import { valuesOf, type Npy, type NpyValues } from '../arrays/npy-values.js';
import { DataError } from '../data-error.js';
import type { Format } from '../format.js';

export type { Npy, NpyValues };

/**
 * Reads an array as `numpy.save` writes it (format versions 1 to 3): bool as Int8Array of 0 and 1, float16 as float32, and
 * int64 and uint64 as doubles where those hold them. Arrays in Fortran's order are turned into C's. Values of one byte, and
 * those that lie as this machine wants them, are not copied.
 * @param file the name that errors carry
 * @throws DataError for what is no such file, is shorter or longer than its header says, holds anything but numbers (objects,
 * texts, dates), or whole numbers beyond ±2^53
 */
export function parseNpy(bytes: Uint8Array, { file = 'a .npy file' }: { file?: string } = {}): Npy {
  const header = readNpyHeader(bytes, file);
  const { shape, type, size, offset } = header;
  const length = offset + size * shape.reduce((product, side) => product * side, 1);
  if (bytes.length !== length)
    throw new DataError(
      `Cannot read ${file}: it ${bytes.length < length ? 'is truncated' : 'has trailing bytes'}, found ${bytes.length} bytes, expected ${length} for shape [${shape}] of ${type}`,
    );
  const data = valuesOf(bytes.subarray(offset), header, file);
  return { shape, data: header.isFortran ? toC(data, header) : data };
}

/**
 * Writes an array as `numpy.load` reads it, the type chosen by the kind of `data`.
 * @throws RangeError when the shape does not hold as many values as there are
 */
export function writeNpy({ shape, data }: { shape: readonly number[]; data: NpyValues }): Uint8Array {
  const count = shape.reduce((product, side) => product * side, 1);
  if (count !== data.length || !shape.every((side) => Number.isSafeInteger(side) && side >= 0))
    throw new RangeError(
      `Cannot write an .npy file: found ${data.length} values, expected as many as shape [${shape}] holds`,
    );
  const kind = /^(Float|Uint|Int)/.exec(data[Symbol.toStringTag])![0];
  const letter = { Float: 'f', Uint: 'u', Int: 'i' }[kind];
  const sides = shape.map((side) => `${side},`).join(' ');
  const text = `{'descr': '${data.BYTES_PER_ELEMENT === 1 ? '|' : '<'}${letter}${data.BYTES_PER_ELEMENT}', 'fortran_order': False, 'shape': (${sides}), }`;
  const offset = Math.ceil((10 + text.length + 1) / 64) * 64; // values begin where any processor likes them to
  const bytes = new Uint8Array(offset + data.byteLength);
  const start = `\x93NUMPY\x01\0${String.fromCharCode((offset - 10) & 255, (offset - 10) >> 8)}${text}`;
  for (let i = 0; i < offset - 1; i++) bytes[i] = i < start.length ? start.charCodeAt(i) : 32;
  bytes[offset - 1] = 10;
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
  return bytes;
}

/** Arrays of NumPy's, one a file: examples alone, or with labels and in parts where their names say so. */
export const npy: Format = {
  name: 'npy',
  summary:
    'NumPy arrays, one a .npy file: one of examples, or several called x_train, y_train, x_test, … or X and y',
  takes: ['label', 'missing'],
  accepts: (names) => names.length > 0 && names.every((name) => /\.npy$/i.test(name)),
  read: (files, { label, missing }, reading) =>
    partsOfArrays(
      files.map((file) => ({
        name: file.name.replace(/^.*\/|\.npy$/gi, ''),
        read: async () => parseNpy(await file.read(), { file: file.name }),
      })),
      {
        ...reading,
        what: files.length === 1 ? files[0]!.name : `${files.length} .npy files`,
        label,
        missing,
      },
    ),
};

/** From columns first to rows first: NumPy's `order='C'`. */
function toC(data: NpyValues, { shape }: NpyHeader): NpyValues {
  const turned = new (data.constructor as Float64ArrayConstructor)(data.length) as typeof data;
  const places = new Array<number>(shape.length).fill(0);
  const strides = shape.map((_, i) => shape.slice(0, i).reduce((product, side) => product * side, 1));
  for (let to = 0, from = 0; to < data.length; to++) {
    turned[to] = data[from]!;
    for (let side = shape.length - 1; side >= 0; side--) {
      from += strides[side]!;
      if (++places[side]! < shape[side]!) break;
      from -= strides[side]! * shape[side]!;
      places[side] = 0;
    }
  }
  return turned;
}
