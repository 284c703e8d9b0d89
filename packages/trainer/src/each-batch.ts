/**
 * Gives batches to `take`, one after the other, until there are no more or `isOver`. What is read asynchronously is read
 * one batch ahead; what lies in memory is never waited for.
 * @param take may return a promise where the next batch has to wait
 */
export async function eachBatch<Batch>(
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  take: (batch: Batch) => Promise<void> | undefined,
  isOver: () => boolean,
): Promise<void> {
  if (Symbol.asyncIterator in batches) {
    for await (const batch of oneAhead(batches)) {
      await take(batch);
      if (isOver()) return;
    }
    return;
  }
  for (const batch of batches) {
    const wait = take(batch);
    if (wait) await wait;
    if (isOver()) return;
  }
}

/** The same batches, each read while the one before it is worked on; leaving early closes the source's iterator. */
async function* oneAhead<Batch>(batches: AsyncIterable<Batch>): AsyncGenerator<Batch, void> {
  const iterator = batches[Symbol.asyncIterator]();
  let isOpen = true;
  const read = () => {
    const reading = iterator.next();
    reading.catch(() => (isOpen = false)); // what failed is thrown when it is this batch's turn
    return reading;
  };
  try {
    for (let reading = read(); ;) {
      const { done, value } = await reading;
      if (done) {
        isOpen = false;
        return;
      }
      reading = read();
      yield value;
    }
  } finally {
    if (isOpen) await iterator.return?.();
  }
}
