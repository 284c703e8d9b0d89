import {
  checkBatchOptions,
  checkEpoch,
  type BatchOptions,
  type BatchSource,
  type ExampleBatch,
} from '../batches.js';
import { blockWindows } from './block-windows.js';
import { exampleTaker } from './example-taker.js';
import type { PartName, Prepared } from './prepared-file.js';

export interface StreamedOptions extends BatchOptions {
  /** @default 'train' */
  part?: PartName | undefined;
}

/**
 * Batches of a part of a prepared file, read as they are trained on. Blocks come in an order shuffled by seed and epoch, and all examples
 * of 64 blocks, up to 16 MiB, are shuffled together; each comes once an epoch, and any epoch can begin at any of its batches. While one
 * such window is dealt the next one is read, so that two are in memory, 32 MiB, or two examples where one is larger, and 12 bytes for
 * each of their examples. Without a seed examples come in the order of the part.
 * @throws RangeError for a batch size that is no positive integer, or a seed that is no integer from 0 to 2^53 - 1
 * @throws DataError, when its turn comes, for a block that is not what was written
 */
export function streamed(
  prepared: Prepared,
  { part = 'train', ...options }: StreamedOptions,
): Omit<BatchSource, 'epoch'> & { epoch(n: number, fromBatch?: number): AsyncIterable<ExampleBatch> } {
  checkBatchOptions(options);
  const { batchSize, seed } = options;
  const { count } = prepared.parts[part];
  const length = Math.ceil(count / batchSize);
  const { begin, take } = exampleTaker(prepared);
  return {
    length,
    count,
    epoch(n, fromBatch = 0) {
      checkEpoch(n, fromBatch, length);
      return { [Symbol.asyncIterator]: () => dealt(n, fromBatch * batchSize) };
    },
  };

  async function* dealt(epoch: number, skip: number): AsyncGenerator<ExampleBatch, void> {
    if (skip >= count) return;
    let left = count - skip;
    let batch = begin(Math.min(batchSize, left));
    let filled = 0;
    for await (const { blocks, order } of blockWindows(prepared, { part, seed, epoch, skip }))
      for (const place of order) {
        const block = Math.floor(place / prepared.block);
        take(blocks[block]!, place - block * prepared.block, batch, filled++);
        if (filled < batch.size) continue;
        yield batch;
        left -= filled;
        [batch, filled] = [begin(Math.min(batchSize, left)), 0];
      }
  }
}
