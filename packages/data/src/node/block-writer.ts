import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Examples } from '../examples.js';
import { writeAt } from './write-whole.js';
import { firstBlockAt, recordOf, type PartName, type PreparedHead } from './prepared-file.js';

/** Bytes of a block at most, but for one example that has more. */
const blockBytes = 2 ** 18;
/** Examples of a block at most. */
const mostInBlock = 4096;

/** What examples are like, before they are there. */
export type ExampleKind = Pick<PreparedHead, 'shape' | 'type' | 'labelBytes'>;

/** How many examples a block has. */
export const blockOf = (kind: ExampleKind): number =>
  Math.max(1, Math.min(mostInBlock, Math.floor(blockBytes / recordOf(kind).all)));

/** Cuts the examples of three parts into blocks as they come, and writes each that is full. */
export function blockWriter(handle: FileHandle, kind: ExampleKind) {
  const { values: valueBytes, labels: labelBytes, all } = recordOf(kind);
  const block = blockOf(kind);
  const begun = () => ({
    ...{ count: 0, filled: 0, blocks: [] as [number, number][] },
    ...{ values: new Uint8Array(block * valueBytes), labels: new Uint8Array(block * labelBytes) },
  });
  const parts = { train: begun(), validation: begun(), test: begun() };
  let at = firstBlockAt;

  async function flush(part: (typeof parts)[PartName]): Promise<void> {
    const { filled, values, labels } = part;
    if (filled === 0) return;
    const bytes = new Uint8Array(filled * all);
    bytes.set(values.subarray(0, filled * valueBytes));
    bytes.set(labels.subarray(0, filled * labelBytes), filled * valueBytes);
    await writeAt(handle, bytes, at);
    part.blocks.push([at, crc32(bytes)]);
    at += bytes.length;
    part.filled = 0;
  }

  return {
    /** @param partOf to which part each of them goes */
    async add({ values, labels, count }: Examples, partOf: (place: number) => PartName): Promise<void> {
      const from = bytesOf(values);
      const labelsFrom = labels && bytesOf(labels);
      for (let i = 0; i < count; i++) {
        const part = parts[partOf(i)];
        part.values.set(from.subarray(i * valueBytes, (i + 1) * valueBytes), part.filled * valueBytes);
        labelsFrom?.copy(part.labels, part.filled * labelBytes, i * labelBytes, (i + 1) * labelBytes);
        part.count++;
        if (++part.filled === block) await flush(part);
      }
    },

    /** Writes what is left. */
    async end(): Promise<Pick<PreparedHead, 'block' | 'parts'> & { at: number }> {
      for (const part of Object.values(parts)) await flush(part);
      const told = ({ count, blocks }: (typeof parts)[PartName]) => ({ count, blocks });
      const { train, validation, test } = parts;
      return { at, block, parts: { train: told(train), validation: told(validation), test: told(test) } };
    },
  };
}

export const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array | Float32Array) =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
