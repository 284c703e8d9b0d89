import { DataError } from '../data-error.js';
import type { DataFile } from '../format.js';
import { decodeLeniently } from '../utf8.js';

/*
 * tar as POSIX describes it (ustar and pax), and as GNU writes long names: blocks of 512 bytes, before each file one that says what
 * it is called and how long it is, at the end two of zeros. Numbers are octal digits.
 */

/**
 * The files of a tar archive, without links and folders. Only what lies before the files is read, and of them what is asked for.
 * @throws DataError for what is no tar archive, or is cut
 */
export async function filesInTar(file: DataFile): Promise<DataFile[]> {
  const bytesAt = windowOn(file);
  const files: DataFile[] = [];
  let next: { name?: string; size?: number } = {};
  for (let at = 0; ;) {
    const header = await bytesAt(at, 512);
    if (header.every((byte) => byte === 0)) return files;
    const { name, size: announced, type } = headerOf(header, file.name, at);
    const size = type === 'x' || type === 'L' ? announced : (next.size ?? announced);
    const start = at + 512;
    if (start + size > file.size)
      throw new DataError(
        `Cannot read ${file.name}: found its end at byte ${file.size} in ${next.name ?? name}, expected ${start + size}; it is cut`,
      );
    if (type === 'x') next = { ...next, ...paxOf(await bytesAt(start, atMost(size, file.name))) };
    else if (type === 'L') next.name = textOf(await bytesAt(start, atMost(size, file.name)));
    else {
      if (['0', '\0', '7'].includes(type)) files.push(partOf(file, next.name ?? name, start, size));
      if (type !== 'g' && type !== 'K') next = {};
    }
    at = start + Math.ceil(size / 512) * 512;
  }
}

const partOf = (file: DataFile, name: string, start: number, size: number): DataFile => ({
  ...{ name, size },
  read: (from = 0, to = size) => file.read(start + Math.min(from, size), start + Math.min(to, size)),
});

/** Reads short pieces one after the other without asking for each of them. */
function windowOn(file: DataFile) {
  let [from, bytes] = [0, new Uint8Array() as Uint8Array];
  return async (at: number, length: number) => {
    if (at < from || at + length > from + bytes.length) {
      [from, bytes] = [at, await file.read(at, Math.min(file.size, at + Math.max(length, 2 ** 16)))];
      if (bytes.length < length)
        throw new DataError(
          `Cannot read ${file.name}: found its end at byte ${file.size}, expected blocks of 512 bytes; it is cut`,
        );
    }
    return bytes.subarray(at - from, at - from + length);
  };
}

function headerOf(header: Uint8Array, file: string, at: number) {
  const sum = header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (sum !== numberOf(header.subarray(148, 156)))
    throw new DataError(
      `Cannot read ${file}: found no header at byte ${at}, expected one of a tar archive; it is damaged`,
    );
  const size = numberOf(header.subarray(124, 136));
  if (!Number.isSafeInteger(size))
    throw new DataError(
      `Cannot read ${file}: found no size in the header at byte ${at}, expected octal digits`,
    );
  const isPosix = decodeLeniently(header.subarray(257, 263)) === 'ustar\0';
  const prefix = isPosix ? textOf(header.subarray(345, 500)) : '';
  const name = textOf(header.subarray(0, 100));
  return { name: prefix ? `${prefix}/${name}` : name, size, type: String.fromCharCode(header[156]!) };
}

/** Octal digits, or where the first bit is set, as GNU writes large ones, the number itself. NaN for neither. */
function numberOf(field: Uint8Array): number {
  if (field[0]! === 0x80) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  const digits = textOf(field).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : NaN;
}

function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return decodeLeniently(end < 0 ? field : field.subarray(0, end));
}

function atMost(size: number, file: string): number {
  if (size <= 2 ** 20) return size;
  throw new DataError(`Cannot read ${file}: found a name of ${size} bytes, expected at most ${2 ** 20}`);
}

/** Records `length key=value` and a line feed, the length in bytes and with its own digits. */
function paxOf(bytes: Uint8Array): { name?: string; size?: number } {
  const found: { name?: string; size?: number } = {};
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const length = space < 0 ? NaN : Number(decodeLeniently(bytes.subarray(at, space)));
    if (!(length > space - at) || at + length > bytes.length) break;
    const record = decodeLeniently(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)];
    if (key === 'path') found.name = value;
    if (key === 'size' && Number.isSafeInteger(Number(value)) && Number(value) >= 0)
      found.size = Number(value);
    at += length;
  }
  return found;
}
