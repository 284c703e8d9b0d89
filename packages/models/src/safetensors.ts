import { fromBfloat16, fromFloat16 } from './half-precision.js';
import { seal, sealOf, UNSEALED } from './sealed.js';

/**
 * The safetensors format: eight bytes with the header's length, a JSON header with name, type, shape and place of
 * every tensor, then the numbers, little-endian, without gaps. Python reads it with `safetensors.numpy.load_file`.
 * A file of ours carries a checksum of all its bytes in the metadata (see `sealed.ts`); one of another program needs
 * none.
 */

/** One tensor as plain data. */
export interface TensorData {
  /** Sides, outermost first; `[]` is a single number. */
  shape: number[];
  data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

/** A file's tensors in the order of its header, which is that in which they were given, and the free texts of its `__metadata__`. */
export interface SafetensorsFile {
  tensors: Record<string, TensorData>;
  metadata: Record<string, string>;
}

/** The arrays that are written and read as they are. */
const ARRAYS = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  U8: Uint8Array,
} as const;
/** How the numbers of a type are read; those of half precision become float32. */
const READ = {
  ...ARRAYS,
  F16: Uint16Array,
  BF16: Uint16Array,
} as const;
type Dtype = keyof typeof READ;

/** Either of these in the metadata says that the file is ours and has a checksum; one flipped bit leaves the other. */
const OURS = { 'ae.sha256': UNSEALED, 'ae.writer': '@ae/models' };
/** Where the digits of the checksum begin, behind the header's length. */
const SEAL_AT = 8 + '{"__metadata__":{"ae.sha256":"'.length;

/** The format's own limit, against a hostile length: 100 MB of header. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * The bytes of a file, with a checksum of its own.
 * @param metadata free texts by names that do not begin with "ae."
 * @throws TypeError for numbers that are no such array, a shape that does not hold them, a metadata value that is no text
 */
export function encodeSafetensors(
  tensors: Record<string, TensorData>,
  metadata: Record<string, string> = {},
): Uint8Array {
  const places: Record<string, unknown> = Object.create(null);
  for (const [name, tensor] of Object.entries(tensors)) checkType(name, tensor);
  for (const [key, text] of Object.entries(metadata)) {
    if (Object.hasOwn(OURS, key))
      throw new TypeError(`Cannot write metadata "${key}": it is set by the writer, expected another name`);
    if (typeof text !== 'string')
      throw new TypeError(`Cannot write metadata "${key}": found ${typeof text}, expected a text`);
  }
  // Wider types first, so that every array starts on a multiple of its element's size.
  const entries = Object.entries(tensors).sort(
    ([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT,
  );
  let end = 0;
  for (const [name, { shape, data }] of entries) {
    if (!isWholeNumbers(shape) || sizeOf(shape) !== data.length || name === '__metadata__')
      throw new TypeError(
        `Cannot write tensor "${name}": ${data.length} numbers of shape [${shape}], expected ${sizeOf(shape)} and a name other than __metadata__`,
      );
    places[name] = { dtype: dtypeOf(data), shape, data_offsets: [end, (end += data.byteLength)] };
  }
  // As text, because an object puts names that are numbers in front of all others.
  const texts = [...Object.entries(OURS), ...Object.entries(metadata)].map(member);
  const tensorsAt = Object.keys(tensors).map((name) => member([name, places[name]]));
  const text = encodeUtf8(`{${[`"__metadata__":{${texts}}`, ...tensorsAt].join(',')}}`);
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, 8, 8 + headerBytes);
  bytes.set(text, 8);
  let at = 8 + headerBytes;
  for (const [, { data }] of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  seal(bytes, SEAL_AT);
  return bytes;
}

/**
 * Reads a file after checking all of its header: types known, shapes that fit their bytes, no gap, no overlap, no
 * byte too few or too many, and the checksum where it is a file of ours. The arrays are copies; F16 and BF16 become
 * float32.
 * @throws RangeError saying what was found, what was expected, and where
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (bytes.byteLength < 8) throw unreadable(`${bytes.byteLength} bytes`, 'at least 8');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  if (headerBytes > MAX_HEADER_BYTES || Number(headerBytes) > bytes.byteLength - 8)
    throw unreadable(
      `a header of ${headerBytes} bytes in a file of ${bytes.byteLength}`,
      `at most ${Math.min(MAX_HEADER_BYTES, bytes.byteLength - 8)}`,
    );
  const body = bytes.subarray(8 + Number(headerBytes));
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, 8 + Number(headerBytes)));
  if (!isRecord(metadata) || Object.values(metadata).some((text) => typeof text !== 'string'))
    throw unreadable('__metadata__ that is no table of texts', 'texts by name');
  const { 'ae.sha256': sha256, 'ae.writer': writer, ...texts } = metadata as Record<string, string>;
  if (sha256 !== undefined || writer !== undefined) checkSeal(bytes, sha256);

  const checked = Object.entries(entries).map(([name, entry]) => ({ name, ...checkEntry(name, entry) }));
  let end = 0;
  for (const tensor of checked.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (tensor.begin !== end)
      throw unreadable(
        `tensor "${tensor.name}" at byte ${tensor.begin}`,
        `it at byte ${end}, without gap or overlap`,
      );
    end = tensor.end;
  }
  if (end !== body.byteLength)
    throw unreadable(`${body.byteLength} bytes of numbers`, `${end} as the header says`);

  const tensors: Record<string, TensorData> = Object.create(null);
  for (const { name, dtype, shape, begin, end } of checked) {
    const copy = Uint8Array.prototype.slice.call(body, begin, end); // a Node Buffer's own slice copies nothing
    tensors[name] = { shape, data: numbersOf(dtype, copy.buffer as ArrayBuffer) };
  }
  return { tensors, metadata: texts };
}

function numbersOf(dtype: Dtype, buffer: ArrayBuffer): TensorData['data'] {
  const numbers = new READ[dtype](buffer);
  if (!(numbers instanceof Uint16Array)) return numbers;
  return dtype === 'F16' ? fromFloat16(numbers) : fromBfloat16(numbers);
}

const member = ([name, value]: [string, unknown]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`;

function checkSeal(bytes: Uint8Array, sha256: string | undefined): void {
  const found = sealOf(bytes, SEAL_AT);
  if (found !== sha256)
    throw unreadable(`contents with the SHA-256 ${found}`, `${sha256 ?? 'one'} as the file says of itself`);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(decodeUtf8(bytes));
    if (isRecord(header)) return header;
  } catch (cause) {
    throw new RangeError('Cannot read safetensors: the header is no JSON', { cause });
  }
  throw unreadable('a header that is no JSON object', 'tensors by name');
}

function checkEntry(
  name: string,
  entry: unknown,
): { dtype: Dtype; shape: number[]; begin: number; end: number } {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  if (typeof dtype !== 'string' || !Object.hasOwn(READ, dtype))
    throw unreadable(
      `tensor "${name}" of type ${JSON.stringify(dtype)}`,
      `one of ${Object.keys(READ).join(', ')}`,
    );
  if (!isWholeNumbers(shape))
    throw unreadable(`tensor "${name}" of shape ${JSON.stringify(shape)}`, 'whole numbers');
  if (!isWholeNumbers(offsets) || offsets.length !== 2)
    throw unreadable(`tensor "${name}" at ${JSON.stringify(offsets)}`, 'two byte offsets');
  const [begin, end] = offsets as [number, number];
  const expected = sizeOf(shape) * READ[dtype as Dtype].BYTES_PER_ELEMENT;
  if (end - begin !== expected)
    throw unreadable(`tensor "${name}" in ${end - begin} bytes`, `${expected} for ${dtype} [${shape}]`);
  return { dtype: dtype as Dtype, shape, begin, end };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, side) => size * side, 1);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWholeNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);
/** By its tag, because an array may come from another realm, such as a worker's or a frame's. */
const kindOf = (data: unknown) => Object.prototype.toString.call(data).slice('[object '.length, -1);
const dtypeOf = (data: unknown) =>
  (Object.keys(ARRAYS) as (keyof typeof ARRAYS)[]).find((dtype) => ARRAYS[dtype].name === kindOf(data));

function checkType(name: string, { data }: TensorData): void {
  if (dtypeOf(data) === undefined)
    throw new TypeError(
      `Cannot write tensor "${name}": found ${kindOf(data)}, expected one of ${Object.values(ARRAYS)
        .map((type) => type.name)
        .join(', ')}; convert it, such as with Float32Array.from(…)`,
    );
}
const unreadable = (found: string, expected: string) =>
  new RangeError(`Cannot read safetensors: found ${found}, expected ${expected}`);

// TextEncoder is known to every platform but belongs to no language library that this door is checked against.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean },
) => { decode(bytes: Uint8Array): string };
const encodeUtf8 = (text: string) => new TextEncoder().encode(text);
const decodeUtf8 = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
