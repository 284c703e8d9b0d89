import type { FileHandle } from 'node:fs/promises';
import type { Examples } from '../examples.js';
import { readBlock, recordOf, type PartName, type Prepared } from './prepared-file.js';

/** The blocks of a part in their order, as they are kept; each is written over by the next. */
export async function* readBlocks(
  prepared: Prepared,
  handle: FileHandle,
  part: PartName,
): AsyncGenerator<Pick<Examples, 'values' | 'labels' | 'shape' | 'count'>, void> {
  const bytes = bytesForBlock(prepared);
  for (const place of prepared.parts[part].blocks.keys())
    yield await readBlock(prepared, handle, { part, place, bytes });
}

/** Room for one block. */
export const bytesForBlock = (prepared: Prepared) => new Uint8Array(prepared.block * recordOf(prepared).all);
