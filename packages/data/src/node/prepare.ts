import type { FileHandle } from 'node:fs/promises';
import type { ExampleStream, StreamedParts } from '../example-stream.js';
import type { Scaling } from '../examples.js';
import { fitScaling, forEachValue } from '../fit-scaling.js';
import { splitPlaces, type SplitOptions } from '../split-examples.js';
import { type StopSignal, throwIfStopped } from '../stop-signal.js';
import { blockWriter } from './block-writer.js';
import { endOfFile, startOfFile, type PartName, type Prepared, type PreparedHead } from './prepared-file.js';
import { readBlocks } from './read-blocks.js';
import { streamWatcher, kindOfStream } from './stream-watcher.js';
import { writeAt, writeWhole } from './write-whole.js';

export interface PrepareOptions extends SplitOptions {
  /** What is fitted to the training part, and done to all where they are read. @default 'none' */
  scale?: 'none' | Scaling['method'] | undefined;
  signal?: StopSignal | undefined;
  onProgress?(progress: { what: string; done: number; total: number; unit: 'examples' }): void;
}

/**
 * Writes examples, which need not fit into memory, into a file from which `streamed` trains: split into the parts that they do not have,
 * the same examples in each as `splitExamples` gives in memory, and with the same checksum. Names are not kept. It is written whole or
 * not at all. Memory is taken for one chunk, one block a part, and 5 to 7 bytes an example: its place in the order of the split, its part
 * and its label.
 * @throws TypeError for chunks that are not of one kind
 * @throws RangeError for shares that leave no example for training
 * @throws DataError for a stream that gives other examples the second time
 * @throws FileError when the system does not let it be written
 * @throws the signal's reason once it is aborted
 */
export async function prepare(
  parts: StreamedParts,
  file: string,
  { scale = 'none', signal, onProgress, name = 'stream', source = file, ...split }: PrepareOptions = {},
): Promise<Prepared> {
  const streams = await Promise.all(
    givenIn(parts).map(async ([part, stream]) => ({ part, stream, ...(await lookThrough(stream, signal)) })),
  );
  const kind = kindOfStream(streams[0]!.first);
  const head = await writeWhole(file, async (handle) => {
    await writeAt(handle, startOfFile(), 0);
    const writer = blockWriter(handle, kind);
    const watcher = streamWatcher(streams[0]!.first);
    const total = streams.reduce((sum, { count }) => sum + count, 0);
    let done = 0;
    for (const { part, stream, count } of streams) {
      const partOf = partsOf(part, count, { ...split, ...sharesBeside(parts, split) });
      watcher.begin(count);
      let from = 0;
      for await (const chunk of stream.chunks()) {
        throwIfStopped(signal);
        watcher.see(chunk);
        await writer.add(chunk, (place) => partOf(from + place));
        from += chunk.count;
        onProgress?.({ what: file, done: (done += chunk.count), total, unit: 'examples' });
      }
      watcher.end();
    }
    const { at, ...blocks } = await writer.end();
    const { classes, fields } = streams[0]!.first;
    const unscaled: PreparedHead = {
      ...{ name, source, checksum: watcher.checksum(), ...kind, missing: watcher.missing() },
      ...(classes && { classes: [...classes] }),
      ...(fields && { fields: [...fields] }),
      ...blocks,
    };
    const scaling = scale === 'none' ? undefined : await fitted({ ...unscaled, file }, handle, scale);
    const head = { ...unscaled, ...(scaling && { scaling }) };
    await writeAt(handle, endOfFile(head), at);
    return head;
  });
  return { ...head, file };

  /** The scaling that the training part has in memory, of one pass over its blocks after the other. */
  async function fitted(prepared: Prepared, handle: FileHandle, method: Scaling['method']): Promise<Scaling> {
    const fit = fitScaling(method, kind.shape.at(-1)!, prepared.fields);
    let pass = fit.next();
    for (; !pass.done; pass = fit.next())
      for await (const block of readBlocks(prepared, handle, 'train')) {
        throwIfStopped(signal);
        forEachValue(block, pass.value);
      }
    return pass.value;
  }
}

const givenIn = (parts: StreamedParts) =>
  (['all', 'train', 'validation', 'test'] as const).flatMap((part) => {
    const stream = (parts as Partial<Record<typeof part, ExampleStream>>)[part];
    return stream ? [[part, stream] as const] : [];
  });

/** Parts that are there are not drawn. */
const sharesBeside = (parts: StreamedParts, { validation, test }: SplitOptions) =>
  'all' in parts ? {} : { validation: parts.validation ? 0 : validation, test: parts.test ? 0 : test };

/** Its first chunk, which says what all are like, and how many examples it has. */
async function lookThrough(stream: ExampleStream, signal: StopSignal | undefined) {
  let count = 0;
  let first;
  for await (const chunk of stream.chunks()) {
    throwIfStopped(signal);
    first ??= { ...chunk, values: chunk.values.slice(0, 0) };
    count += chunk.count;
    if (stream.count !== undefined) break;
  }
  if (!first) throw new TypeError('Cannot prepare a stream: found no examples, expected some');
  return { first, count: stream.count ?? count };
}

/** To which part each place of a stream goes. */
function partsOf(part: PartName | 'all', count: number, split: SplitOptions): (place: number) => PartName {
  if (part === 'validation' || part === 'test') return () => part;
  const { counts, order } = splitPlaces(count, split);
  const names = ['train', 'validation', 'test'] as const;
  const ends = [counts.train, counts.train + counts.validation, count];
  if (!order) return (place) => names[ends.findIndex((end) => place < end)]!;
  const places = new Uint8Array(count);
  order.forEach((place, i) => (places[place] = i < ends[0]! ? 0 : i < ends[1]! ? 1 : 2));
  return (place) => names[places[place]!]!;
}
