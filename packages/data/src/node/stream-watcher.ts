import { createHash } from 'node:crypto';
import { checkExamples } from '../check-examples.js';
import { headerOf } from '../checksum.js';
import { DataError } from '../data-error.js';
import { unitOf, type Examples } from '../examples.js';
import { bytesOf, type ExampleKind } from './block-writer.js';

/** What examples are like, of which these are the first. */
export const kindOfStream = ({ values, shape, labels }: Examples): ExampleKind => ({
  shape: [...shape],
  type: unitOf(values) === 1 ? 'float32' : 'uint8',
  labelBytes: (labels?.BYTES_PER_ELEMENT ?? 0) as 0 | 1 | 2,
});

/** Looks at all chunks as they go by: that they are of the kind of the first, and what `checksumOf` would give of them together. */
export function streamWatcher(first: Examples) {
  const expected = describe(first);
  const hash = createHash('sha256');
  let stream = { count: 0, seen: 0, labels: new Uint8Array() as Uint8Array };
  let missing = 0;
  return {
    /** A stream of so many examples begins. */
    begin(count: number): void {
      const { labelBytes } = kindOfStream(first);
      stream = { count, seen: 0, labels: new Uint8Array(count * labelBytes) };
      hash.update(headerOf(first.values, [count, ...first.shape]));
    },
    see(chunk: Examples): void {
      checkExamples('Cannot prepare a stream', chunk);
      const found = describe(chunk);
      if (found !== expected)
        throw new TypeError(
          `Cannot prepare a stream: found a chunk of ${found}, expected ${expected} as in the first`,
        );
      if (stream.seen + chunk.count > stream.count) throw changed('more');
      hash.update(bytesOf(chunk.values));
      if (chunk.labels)
        stream.labels.set(bytesOf(chunk.labels), stream.seen * chunk.labels.BYTES_PER_ELEMENT);
      if (unitOf(chunk.values) === 1) for (const value of chunk.values) if (value !== value) missing++;
      stream.seen += chunk.count;
    },
    end(): void {
      if (stream.seen < stream.count) throw changed(`${stream.seen}`);
      if (first.labels) hash.update(headerOf(first.labels, [stream.count])).update(stream.labels);
      stream.labels = new Uint8Array();
    },
    checksum: () => hash.digest('hex'),
    missing: () => missing,
  };

  function changed(found: string): DataError {
    return new DataError(
      `Cannot prepare a stream: found ${found} examples, expected ${stream.count} as it said or had at first; did it change?`,
    );
  }
}

function describe({ values, shape, labels, classes, fields }: Examples): string {
  const kind = unitOf(values) === 1 ? 'floats' : 'bytes';
  const parts = [
    `${kind} of ${shape.join(' × ')}`,
    labels ? `labels of ${labels.BYTES_PER_ELEMENT} bytes` : 'no labels',
    ...(classes ? [`classes ${classes.join(', ')}`] : []),
    ...(fields ? [`fields ${JSON.stringify(fields)}`] : []),
  ];
  return parts.join(' and ');
}
