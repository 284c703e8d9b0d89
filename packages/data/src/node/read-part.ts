import type { Examples } from '../examples.js';
import { randomNumbers } from '../random.js';
import { exampleTaker } from './example-taker.js';
import { wrong, type PartName, type Prepared } from './prepared-file.js';
import { readBlocks } from './read-blocks.js';
import { withRegularFile } from './regular-file.js';

export interface ReadPartOptions {
  /** Examples at most. @default all */
  most?: number | undefined;
  /** Draws which, where the part has more. @default 1 */
  seed?: number | undefined;
}

/**
 * A part of a prepared file in memory, scaled, in its order: all of it, or some examples drawn by a seed, each as likely as any other.
 * @throws DataError for a block that is not what was written
 */
export async function readPart(
  prepared: Prepared,
  part: PartName,
  { most = Infinity, seed = 1 }: ReadPartOptions = {},
): Promise<Examples> {
  const { classes, fields, scaling, parts } = prepared;
  const { begin, take } = exampleTaker(prepared);
  let left = parts[part].count;
  const sample = begin(Math.min(left, most));
  const random = randomNumbers(seed, parts.train.count, 3 + ['train', 'validation', 'test'].indexOf(part));
  let taken = 0;
  const read = await withRegularFile(prepared.file, async (handle) => {
    for await (const block of readBlocks(prepared, handle, part))
      // Of those that are left, so many are still wanted: Knuth's algorithm S (volume 2, 3.4.2).
      for (let row = 0; row < block.count; row++, left--)
        if (left * random.next() < sample.size - taken) take(block, row, sample, taken++);
    return true;
  });
  if (!read) throw wrong(prepared.file, 'nothing there', 'what was written');
  const { size: count, ...rest } = sample;
  return {
    ...rest,
    count,
    ...(classes && { classes }),
    ...(fields && { fields }),
    ...(scaling && { scaling }),
  };
}
