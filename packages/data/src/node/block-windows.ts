import type { Examples } from '../examples.js';
import { randomNumbers, shuffle } from '../random.js';
import { countIn, readBlock, recordOf, wrong, type PartName, type Prepared } from './prepared-file.js';
import { bytesForBlock } from './read-blocks.js';
import { withRegularFile } from './regular-file.js';

/** Some blocks in memory, and all of their examples in the order in which they are dealt. */
export interface BlockWindow {
  blocks: readonly Block[];
  /** Each the place of a block among them times the examples in a block, and the place in that block. */
  order: Uint32Array;
}

export type Block = Pick<Examples, 'values' | 'labels' | 'shape' | 'count'>;

export interface WindowsOptions {
  part: PartName;
  seed: number | undefined;
  epoch: number;
  /** Examples at the start that are left out. */
  skip: number;
}

/** Blocks that are shuffled together: as many as fit into so many bytes, one at least. A change breaks the resuming of saved runs. */
const most = { blocks: 64, bytes: 2 ** 24 };

/**
 * All examples of a part, a window of blocks after the other, in an order that is a function of seed and epoch. The next window is read
 * while one is dealt; what was given is written over once the one after the next is asked for.
 */
export async function* blockWindows(
  prepared: Prepared,
  { part, seed, epoch, skip }: WindowsOptions,
): AsyncGenerator<BlockWindow, void> {
  const order = Uint32Array.from(prepared.parts[part].blocks.keys());
  if (seed !== undefined) shuffle(order, randomNumbers(seed, epoch, 3)); // splits have 1 and 2
  const size = Math.min(
    most.blocks,
    Math.max(1, Math.floor(most.bytes / (prepared.block * recordOf(prepared).all))),
  );
  const windows = Array.from({ length: Math.ceil(order.length / size) }, (_, i) =>
    order.subarray(i * size, (i + 1) * size),
  );
  let at = 0;
  let skipped = 0;
  while (at < windows.length && skipped + countOf(windows[at]!) <= skip) skipped += countOf(windows[at++]!);
  if (at === windows.length) return;

  const rooms = [0, 1].map(() => Array.from(windows[at]!, () => bytesForBlock(prepared)));
  let next = read(at);
  try {
    for (; at < windows.length; at++) {
      const blocks = await next;
      if (at + 1 < windows.length) {
        next = read(at + 1);
        next.catch(() => {}); // what failed is thrown when it is this window's turn
      }
      const places = Uint32Array.from(placesIn(blocks));
      if (seed !== undefined) shuffle(places, randomNumbers(seed, epoch, 4 + at));
      yield { blocks, order: places.subarray(Math.max(0, skip - skipped)) };
      skipped += places.length;
    }
  } finally {
    await next.catch(() => {}); // nothing is read any more once this is over
  }

  function countOf(window: Uint32Array): number {
    return window.reduce((sum, place) => sum + countIn(prepared, prepared.parts[part], place), 0);
  }

  function* placesIn(blocks: readonly Block[]): Generator<number> {
    for (const [i, { count }] of blocks.entries())
      for (let row = 0; row < count; row++) yield i * prepared.block + row;
  }

  async function read(window: number): Promise<Block[]> {
    const room = rooms[window % 2]!;
    const found = await withRegularFile(prepared.file, (handle) =>
      Promise.all(
        Array.from(windows[window]!, (place, i) =>
          readBlock(prepared, handle, { part, place, bytes: room[i]! }),
        ),
      ),
    );
    if (!found) throw wrong(prepared.file, 'nothing there', 'what was written');
    return found;
  }
}
