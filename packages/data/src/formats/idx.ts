import { gunzip } from '../archives/inflate.js';
import { examplesOfArray } from '../arrays/examples-of-array.js';
import type { Examples } from '../examples.js';
import type { DataFile, Format, ReadParts } from '../format.js';
import type { Idx, IdxValues } from '../idx/array.js';
import { checkIdx, writeIdxHeader } from '../idx/header.js';
import { pairsOf } from '../idx/pairs.js';
import { labelsOf, upright } from '../idx/sets.js';
import { isGzip, unpackIdx } from '../idx/unpack.js';
import { throwIfStopped } from '../stop-signal.js';

export type { Idx, IdxValues };

/**
 * Reads an IDX file. Bytes are not copied: `data` of a uint8 file is a view into `bytes`.
 * @param file the name that errors carry
 * @throws DataError for a wrong magic number, and for a file that is shorter or longer than its header says
 */
export function parseIdx(bytes: Uint8Array, { file = 'an IDX file' }: { file?: string } = {}): Idx {
  const { shape, offset, length } = checkIdx(bytes, { file });
  if (bytes[2] === bytesCode) return { shape, data: bytes.subarray(offset) };
  const { array, value } = types[bytes[2] as Code];
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, length - offset);
  const data = new array((length - offset) / array.BYTES_PER_ELEMENT);
  for (let i = 0; i < data.length; i++) data[i] = view[`get${value}`](i * array.BYTES_PER_ELEMENT);
  return { shape, data };
}

/**
 * Writes an array as an IDX file, the type chosen by the kind of `data`.
 * @throws RangeError when the shape does not hold as many values as there are, or has none or more than 255 dimensions
 * @throws TypeError for a kind of array that the format has no type for
 */
export function writeIdx({ shape, data }: Idx): Uint8Array {
  const kind = data[Symbol.toStringTag];
  const code = (Object.keys(types).map(Number) as Code[]).find((each) => types[each].array.name === kind);
  if (code === undefined) {
    const known = Object.values(types).map((type) => type.array.name);
    throw new TypeError(`Cannot write an IDX file: found a ${kind}, expected one of ${known.join(', ')}`);
  }
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
  if (code === bytesCode) {
    bytes.set(data, header.length);
    return bytes;
  }
  const { array, value } = types[code];
  const view = new DataView(bytes.buffer, header.length);
  for (let i = 0; i < count; i++) view[`set${value}`](i * array.BYTES_PER_ELEMENT, data[i]!);
  return bytes;
}

/** IDX files: one of examples, or images and labels in parts, told by their names. */
export const idx: Format = {
  name: 'idx',
  summary:
    'IDX files, packed with gzip or not, as MNIST and its relatives come in (EMNIST, QMNIST, …), and of any rank and element type',
  takes: [],
  accepts: (names) => names.some(isIdx) && names.every((name) => isIdx(name) || /mapping\.txt$/.test(name)),
  async read(files, _options, { signal, notice, onProgress }) {
    const pairs = pairsOf(files.filter(({ name }) => isIdx(name)));
    const total = pairs.reduce((sum, { labels }) => sum + (labels ? 2 : 1), 0);
    let done = 0;
    const open = async (file: DataFile) => {
      throwIfStopped(signal);
      const packed = await file.read();
      const limit = isGzip(packed) ? Math.min(longest, 1032 * packed.length + 1024) : longest;
      const array = parseIdx(await unpackIdx(packed, { file: file.name, limit, gunzip }), {
        file: file.name,
      });
      onProgress?.({ what: file.name, done: ++done, total, unit: 'files' });
      return array;
    };
    const parts: Record<string, Examples> = {};
    for (const { part, set, images, labels } of pairs) {
      const { shape, data } = upright(await open(images), set);
      const found = labels && labelsOf(await open(labels), { set, file: labels.name });
      parts[part] = examplesOfArray(
        { shape: shape.length === 3 ? [...shape, 1] : shape, data },
        { name: images.name, ...found, notice },
      );
    }
    return parts as unknown as ReadParts;
  },
};

const isIdx = (name: string) => /[-.]idx\d?(-[a-z0-9]+)?(\.gz)?$/i.test(name);

/** Longer arrays are refused. */
const longest = 2 ** 32;

const bytesCode = 0x08;

/** The types of the format by their code: the array that holds such values, and how a DataView calls them. */
const types = {
  0x08: { array: Uint8Array, value: 'Uint8' },
  0x09: { array: Int8Array, value: 'Int8' },
  0x0b: { array: Int16Array, value: 'Int16' },
  0x0c: { array: Int32Array, value: 'Int32' },
  0x0d: { array: Float32Array, value: 'Float32' },
  0x0e: { array: Float64Array, value: 'Float64' },
} as const;
type Code = keyof typeof types;
