import { DataError } from '../data-error.js';
import type { DataFile } from '../format.js';
import { decodeLeniently } from '../utf8.js';
import { crc32 } from './crc32.js';
import { inflateWhole } from './inflate.js';

/** A file in a ZIP archive. */
export interface ZipEntry {
  name: string;
  /** Unpacked, in bytes, as the archive says. */
  size: number;
  /** @throws DataError where it is damaged, encrypted, or packed by another method than DEFLATE */
  read(): Promise<Uint8Array>;
}

/*
 * ZIP as PKWARE's APPNOTE describes it: at the end of the file a record that says where the directory is, in the directory one entry a
 * file, and before each file's bytes a header that repeats its entry. Sizes and places of 2³² and more stand in a field of their own
 * (ZIP64). All numbers have the little end first.
 */

/**
 * The files of a ZIP archive. Only its directory is read, and of the files those that are asked for.
 * @throws DataError for what is no ZIP archive, is truncated, or has a directory that does not fit it
 */
export async function readZip(file: DataFile): Promise<ZipEntry[]> {
  const wrong = (found: string) =>
    new DataError(`Cannot read ${file.name}: found ${found}, expected a whole ZIP archive`);
  const { at, length, count } = await directoryOf(file, wrong);
  if (at + length > file.size) throw wrong(`a directory that ends beyond the file's ${file.size} bytes`);
  const bytes = await file.read(at, at + length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: ZipEntry[] = [];
  for (let from = 0, i = 0; i < count; i++) {
    if (from + 46 > length || view.getUint32(from, true) !== 0x02014b50)
      throw wrong(`a directory of ${entries.length} files, which announces ${count}`);
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => view.getUint16(from + place, true));
    const next = from + 46 + nameLength! + extra! + comment!;
    if (next > length) throw wrong('a directory that is truncated');
    const name = decodeLeniently(bytes.subarray(from + 46, from + 46 + nameLength!));
    const [size, packed, start] = widened(
      [24, 20, 42].map((place) => view.getUint32(from + place, true)),
      bytes.subarray(from + 46 + nameLength!, from + 46 + nameLength! + extra!),
    ) as [number, number, number];
    const about = {
      ...{ name: `${file.name}, ${name}`, size, packed, start },
      ...{ flags: view.getUint16(from + 8, true), method: view.getUint16(from + 10, true) },
      crc: view.getUint32(from + 16, true),
    };
    entries.push({ name, size, read: () => readEntry(file, about) });
    from = next;
  }
  return entries;
}

interface Packed {
  name: string;
  size: number;
  packed: number;
  start: number;
  flags: number;
  method: number;
  crc: number;
}

async function readEntry(file: DataFile, entry: Packed): Promise<Uint8Array> {
  const { name, size, packed, start, flags, method, crc } = entry;
  const wrong = (found: string, expected: string) =>
    new DataError(`Cannot unpack ${name}: found ${found}, expected ${expected}`);
  if (flags & 1) throw wrong('an encrypted file', 'one without a password');
  const header = await file.read(start, start + 30);
  if (header.length < 30 || numberAt(header, 0, 4) !== 0x04034b50)
    throw wrong(`no header at byte ${start}`, 'one where the directory says');
  const from = start + 30 + numberAt(header, 26, 2) + numberAt(header, 28, 2);
  if (from + packed > file.size) throw wrong(`an end beyond the file's ${file.size} bytes`, 'a whole file');
  if (method !== 8 && method !== 0) throw wrong(`packing method ${method}`, 'DEFLATE or none');
  if (method === 0 && packed !== size) throw wrong(`${packed} bytes that are not packed`, `${size}`);
  const bytes = await file.read(from, from + packed);
  if (method === 8) return inflateWhole(bytes, { size, crc, file: name });
  if (crc32(bytes) !== crc) throw wrong('other bytes', 'those of its checksum');
  return bytes;
}

/** Where the directory is, how long, and of how many files. */
async function directoryOf(file: DataFile, wrong: (found: string) => DataError) {
  const from = Math.max(0, file.size - 22 - 0xffff);
  const tail = await file.read(from, file.size);
  let end = tail.length - 22;
  while (end >= 0 && numberAt(tail, end, 4) !== 0x06054b50) end--;
  if (end < 0) throw wrong('no directory at its end');
  const [count, length, at] = [
    numberAt(tail, end + 10, 2),
    numberAt(tail, end + 12, 4),
    numberAt(tail, end + 16, 4),
  ];
  const locator = end - 20;
  if (count < 0xffff && length < 2 ** 32 - 1 && at < 2 ** 32 - 1) return { count, length, at };
  if (locator < 0 || numberAt(tail, locator, 4) !== 0x07064b50) return { count, length, at };
  const place = numberAt(tail, locator + 8, 8);
  if (place + 56 > file.size) throw wrong('a directory beyond its end');
  const record = await file.read(place, place + 56);
  if (numberAt(record, 0, 4) !== 0x06064b50) throw wrong(`no directory at byte ${place}`);
  return { count: numberAt(record, 32, 8), length: numberAt(record, 40, 8), at: numberAt(record, 48, 8) };
}

/** Numbers that are all ones stand, in this order, in the field of type 1 of what is extra. */
function widened(numbers: number[], extra: Uint8Array): number[] {
  let at = 0;
  while (at + 4 <= extra.length && numberAt(extra, at, 2) !== 1) at += 4 + numberAt(extra, at + 2, 2);
  at += 4;
  return numbers.map((number) => {
    if (number !== 2 ** 32 - 1 || at + 8 > extra.length) return number;
    at += 8;
    return numberAt(extra, at - 8, 8);
  });
}

function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let number = 0;
  for (let i = length - 1; i >= 0; i--) number = number * 256 + bytes[at + i]!;
  return number;
}
