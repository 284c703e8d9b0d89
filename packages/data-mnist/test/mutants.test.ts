import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { type Part, parts } from '../src/data-set.js';
import { fileNames } from '../src/index.js';
import { loadDataSet } from '../src/node.js';
import { randomNumbers } from '@ae/data';
import { tinyFiles } from './tiny.js';

const COUNT = Number(process.env['AE_MUTANTS'] ?? 3000);

/** Values that lengths and counts are wrong by. */
const extremes = [0, 1, 0x7f, 0x80, 0xff];

test(`${COUNT} folders with a damaged file are loaded or refused by a DataError, in little time and memory`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'data-mnist-'));
  const random = randomNumbers(14, 0);
  const below = (count: number) => Math.floor(random.next() * count);

  /** One to four changes: a bit, a byte, the header, a cut, a repeat, or something in between. */
  const mutate = (original: Uint8Array): Uint8Array => {
    let bytes = Uint8Array.from(original);
    for (let change = 0; change <= below(4); change++) {
      const at = below(Math.max(1, bytes.length));
      const kind = below(6);
      if (kind === 0) bytes[at]! ^= 1 << below(8);
      if (kind === 1) bytes[at] = below(256);
      if (kind === 2) bytes[below(Math.min(20, bytes.length))] = extremes[below(extremes.length)]!;
      if (kind === 3) bytes = bytes.slice(0, at);
      if (kind === 4) bytes = Uint8Array.from([...bytes, ...bytes.subarray(at)]);
      if (kind === 5) bytes = Uint8Array.from([...bytes.subarray(0, at), below(256), ...bytes.subarray(at)]);
    }
    return bytes;
  };

  const files = tinyFiles();
  const write = (part: Part, bytes: Uint8Array) => writeFileSync(join(folder, fileNames[part]), bytes);
  for (const part of parts) write(part, files[part]);
  const outcomes = { loaded: 0, refused: 0 };
  let slowest = 0;
  const before = process.memoryUsage().rss;
  try {
    for (let i = 0; i < COUNT; i++) {
      const part = parts[below(4)]!;
      const isPacked = below(2) === 1;
      // Packed before or after it is damaged: the gzip itself, or what is in it.
      const packed =
        isPacked && below(2) === 1
          ? gzipSync(mutate(files[part]))
          : mutate(isPacked ? gzipSync(files[part]) : files[part]);
      write(part, packed);
      const start = performance.now();
      const error = await loadDataSet(folder).then(
        () => undefined,
        (reason: unknown) => reason as Error,
      );
      slowest = Math.max(slowest, performance.now() - start);
      if (error === undefined) outcomes.loaded++;
      else {
        expect(error).toMatchObject({
          name: 'DataError',
          message: expect.stringMatching(/^Cannot .*, expected /s),
        });
        outcomes.refused++;
      }
      write(part, files[part]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  console.log(
    `${COUNT} mutants: ${outcomes.loaded} loaded, ${outcomes.refused} refused; slowest ${slowest.toFixed(0)} ms; memory grew by ${grown.toFixed(0)} MiB`,
  );
  expect(outcomes.refused).toBeGreaterThan(COUNT / 3);
  expect(slowest).toBeLessThan(2000);
  expect(grown).toBeLessThan(300);
}, 120_000);
