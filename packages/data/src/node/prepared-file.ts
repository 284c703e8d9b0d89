import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { DataError } from '../data-error.js';
import { sizeOf, widthOf, type Examples, type Field, type Scaling } from '../examples.js';
import { readRange, withRegularFile } from './regular-file.js';

/*
 * A prepared file, numbers with the little end first:
 *
 *   8 bytes   the mark, AEDATA and the version of the format
 *   then      blocks, of each part in the order of its examples: the values of up to `block` examples, then their labels
 *   then      what they are, as JSON (`PreparedHead`)
 *   then      its length and its CRC-32, four bytes each, and the mark again
 *
 * What blocks are stands behind them, so that they are written as they come; a file that was cut off has no end.
 */

export type PartName = 'train' | 'validation' | 'test';

/** What a prepared file holds. */
export interface PreparedHead {
  /** What it is called, and where it came from. */
  name: string;
  source: string;
  /** As `checksumOf` gives it of the examples before they were split and scaled. */
  checksum: string;
  /** Of one example. */
  shape: readonly number[];
  type: 'uint8' | 'float32';
  /** Bytes of a label; 0 where there are none. */
  labelBytes: 0 | 1 | 2;
  classes?: readonly string[];
  fields?: readonly Field[];
  /** How the values, which are kept as they were, are scaled when they are read: fitted to the training part. */
  scaling?: Scaling;
  /** Values that are missing, NaN, in all parts together. */
  missing: number;
  /** Examples in a block, but for the last one of a part. */
  block: number;
  parts: Record<PartName, PreparedPart>;
}

export interface PreparedPart {
  count: number;
  /** Where each block begins, and its CRC-32. */
  blocks: readonly (readonly [offset: number, crc: number])[];
}

/** A prepared file that was looked at. */
export interface Prepared extends PreparedHead {
  file: string;
}

const mark = new TextEncoder().encode('AEDATA\x00\x01');
export const firstBlockAt = mark.length;

/** The mark that a file begins with. */
export const startOfFile = (): Uint8Array => mark.slice();

/** What stands behind the blocks. */
export function endOfFile(head: PreparedHead): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const end = new Uint8Array(json.length + 8 + mark.length);
  const view = new DataView(end.buffer);
  end.set(json);
  view.setUint32(json.length, json.length, true);
  view.setUint32(json.length + 4, crc32(json), true);
  end.set(mark, json.length + 8);
  return end;
}

/**
 * Looks at a prepared file: its ends and what it says of itself, not at its values, which are looked at when they are read.
 * @throws DataError for what is not there, no prepared file, of another version, cut off or damaged
 * @throws FileError when the system does not let it be read
 */
export async function openPrepared(file: string): Promise<Prepared> {
  const head = await withRegularFile(file, (handle, { size }) => readHead(file, handle, size));
  if (!head) throw wrong(file, 'nothing there', 'a prepared file');
  return { ...head, file };
}

async function readHead(file: string, handle: FileHandle, size: number): Promise<PreparedHead> {
  const ends = mark.length + 8;
  const [start, end] = [
    await readRange(handle, 0, mark.length),
    await readRange(handle, Math.max(0, size - ends), size),
  ];
  if (!isSame(start.subarray(0, 6), mark.subarray(0, 6)))
    throw wrong(file, 'another kind of file', 'a prepared file');
  if (!isSame(start, mark)) throw wrong(file, 'another version of the format', `version ${mark.at(-1)}`);
  const view = new DataView(end.buffer, end.byteOffset);
  if (
    end.length < ends ||
    !isSame(end.subarray(8), mark) ||
    view.getUint32(0, true) > size - ends - mark.length
  )
    throw wrong(file, `${size} bytes without an end`, 'a whole file');
  const length = view.getUint32(0, true);
  const json = await readRange(handle, size - ends - length, size - ends);
  if (crc32(json) !== view.getUint32(4, true)) throw wrong(file, 'a damaged description', 'what was written');
  const head = JSON.parse(new TextDecoder().decode(json)) as PreparedHead;
  checkHead(file, head, size - ends - length);
  return head;
}

/** That the sizes are those that the file has, so that no memory is taken by what it only says. */
function checkHead(file: string, head: PreparedHead, end: number): void {
  const { parts, block, shape, fields } = head;
  let at = firstBlockAt;
  const blocks = Object.values(parts).flatMap((part) => {
    if (part.blocks.length !== Math.ceil(part.count / block))
      throw wrong(
        file,
        `${part.blocks.length} blocks of ${block} for ${part.count} examples`,
        'as many as they fill',
      );
    return part.blocks.map(([offset], i) => ({ offset, length: blockLength(head, part, i) }));
  });
  for (const { offset, length } of blocks.sort((a, b) => a.offset - b.offset)) {
    if (offset !== at) throw wrong(file, `a block at ${offset}`, `one at ${at}`);
    at += length;
  }
  if (at !== end) throw wrong(file, `${end} bytes of blocks`, `${at}`);
  if (fields && widthOf(fields) !== shape.at(-1))
    throw wrong(file, `fields of ${widthOf(fields)} values`, `${shape.at(-1)}`);
}

/** Bytes of the values and the label of one example. */
export function recordOf({ shape, type, labelBytes }: Pick<PreparedHead, 'shape' | 'type' | 'labelBytes'>) {
  const values = sizeOf(shape) * (type === 'float32' ? 4 : 1);
  return { values, labels: labelBytes, all: values + labelBytes };
}

/** Examples in a block of a part. */
export const countIn = ({ block }: PreparedHead, { count }: PreparedPart, i: number): number =>
  Math.min(block, count - i * block);

const blockLength = (head: PreparedHead, part: PreparedPart, i: number): number =>
  countIn(head, part, i) * recordOf(head).all;

/**
 * Reads a block into `bytes`, which are long enough, and gives its examples as views of them, as they are kept.
 * @throws DataError where the block is not what was written
 */
export async function readBlock(
  prepared: Prepared,
  handle: FileHandle,
  { part, place, bytes }: { part: PartName; place: number; bytes: Uint8Array<ArrayBuffer> },
): Promise<Pick<Examples, 'values' | 'labels' | 'shape' | 'count'>> {
  const { shape, type, labelBytes } = prepared;
  const [offset, crc] = prepared.parts[part].blocks[place]!;
  const length = blockLength(prepared, prepared.parts[part], place);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, offset + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  if (read < length || crc32(bytes.subarray(0, length)) !== crc)
    throw wrong(
      prepared.file,
      `a damaged block ${place} of the ${part} part, at byte ${offset}`,
      'what was written',
    );
  const count = countIn(prepared, prepared.parts[part], place);
  const size = count * sizeOf(shape);
  const valueBytes = count * recordOf(prepared).values;
  const values = type === 'float32' ? new Float32Array(bytes.buffer, 0, size) : bytes.subarray(0, size);
  if (labelBytes === 0) return { values, shape, count };
  const from = bytes.subarray(valueBytes, length);
  // Two bytes may begin anywhere behind values of one byte.
  const labels = labelBytes === 1 ? from : new Uint16Array(from.slice().buffer);
  return { values, labels, shape, count };
}

export const wrong = (file: string, found: string, expected: string) =>
  new DataError(`Cannot read ${file}: found ${found}, expected ${expected}; prepare it again`);

const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
