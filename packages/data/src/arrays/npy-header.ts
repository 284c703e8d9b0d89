import { DataError } from '../data-error.js';

/*
 * The .npy format, as NumPy describes it (NEP 1, and numpy.lib.format):
 *
 *   byte 0 to 5   \x93NUMPY
 *   byte 6, 7     version: 1.0, 2.0 (a longer header), 3.0 (a header in UTF-8)
 *   then          length of the header, little end first: two bytes in version 1, four in the others
 *   then          the header, a Python dictionary such as {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }
 *   then          the values
 */

export interface NpyHeader {
  shape: number[];
  /** As NumPy writes it, without the order of bytes: `f4`, `u1`, `b1`. */
  type: string;
  /** Bytes per value. */
  size: number;
  bigEndian: boolean;
  isFortran: boolean;
  /** Where the values begin. */
  offset: number;
}

/**
 * What the first bytes of an .npy file promise; nothing is taken into memory by it.
 * @throws DataError for what is no such header, and for types that are no numbers
 */
export function readNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const wrong = (found: string, expected: string) =>
    new DataError(`Cannot read ${file}: found ${found}, expected ${expected}`);
  const magic = String.fromCharCode(...bytes.subarray(0, 6));
  if (magic !== '\x93NUMPY') throw wrong(`the first bytes ${JSON.stringify(magic)}`, 'a NumPy array (.npy)');
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) throw wrong(`format version ${version}`, '1, 2 or 3');
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw wrong(`${bytes.length} bytes`, `a header of at least ${start}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, start);
  const offset = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (offset > Math.min(bytes.length, longest))
    throw wrong(
      `a header of ${offset} bytes`,
      `one within the file's ${bytes.length} and at most ${longest}`,
    );
  const text = String.fromCharCode(...bytes.subarray(start, offset));

  const descr = /'descr'\s*:\s*'([<>|=])?([a-zA-Z])(\d*)([^']*)'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const sides = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text);
  if (!order || !sides || !/'descr'/.test(text))
    throw wrong(`the header ${JSON.stringify(text.slice(0, 80))}`, 'descr, fortran_order and shape');
  const type = descr ? descr[2]! + descr[3]! : 'V';
  if (!descr || descr[4] !== '' || !(type in sizes)) throw wrong(`an array of ${kindOf(type)}`, remedy);
  const shape = sides[1]!
    .split(',')
    .map((side) => side.replace('L', '').trim())
    .filter((side) => side !== '')
    .map(Number);
  const count = shape.includes(0) ? 0 : shape.reduce((product, side) => product * side, 1);
  if (!shape.every(Number.isSafeInteger) || !Number.isSafeInteger(count * 8))
    throw wrong(`shape (${sides[1]})`, 'sides and a size that a file can have');
  return {
    ...{ shape, type, size: sizes[type]!, offset },
    bigEndian: descr[1] === '>',
    isFortran: order[1] === 'True',
  };
}

const longest = 2 ** 16 + 12; // as many as version 1 has; the others have longer ones for records alone
const remedy =
  'numbers; save them as such, e.g. numpy.save(file, array.astype("float32")), and texts as places in their list by numpy.unique(array, return_inverse=True)';

/** Bytes per value, by type. */
const sizes: Record<string, number> = {
  ...{ b1: 1, i1: 1, i2: 2, i4: 4, i8: 8, u1: 1, u2: 2, u4: 4, u8: 8, f2: 2, f4: 4, f8: 8 },
};

function kindOf(type: string): string {
  const kinds: Record<string, string> = {
    ...{ O: 'Python objects', U: 'texts', S: 'texts', M: 'dates', m: 'durations', c: 'complex numbers' },
    ...{ V: 'records' },
  };
  const kind = kinds[type.charAt(0)];
  return kind ? `${kind} (${type})` : type;
}
