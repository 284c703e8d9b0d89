import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

/** What is done to files from here on, in its order. */
let calls: string[] = [];
/** Whether flushing fails, as on a disk that is full. */
let isFull = false;

jest.unstable_mockModule('node:fs/promises', () => ({
  ...files,
  async open(path: string, flags: string) {
    const file = await files.open(path, flags);
    const { sync } = file;
    return Object.assign(file, {
      async sync() {
        calls.push(`flush ${basename(path).replace(/\.[-\w]{36}$/, '')}`);
        if (isFull) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
        await sync.call(file);
      },
    });
  },
  async rename(from: string, to: string) {
    calls.push(`rename to ${basename(to)}`);
    await files.rename(from, to);
  },
}));
const { keep } = await import('../src/node/cache.js');

const published = { name: 't10k-labels-idx1-ubyte', bytes: 10, sha256: '' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ae-cache-'));
  calls = [];
  isFull = false;
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('keeping a download', () => {
  test('flushes the file before it gets its name, and the folder after that: a power cut leaves it whole or not at all', async () => {
    await keep(folder, published, gzipSync('x'));
    expect(calls).toEqual([
      `flush .part-${published.name}.gz`,
      `rename to ${published.name}.gz`,
      `flush ${basename(folder)}`,
    ]);
  });

  test('leaves nothing behind where it fails', async () => {
    isFull = true;
    await expect(keep(folder, published, gzipSync('x'))).rejects.toThrow('no space left');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves one file of the two that it may be, packed or not', async () => {
    await keep(folder, published, new Uint8Array(10));
    await keep(folder, published, gzipSync('x'));
    expect(readdirSync(folder)).toEqual([`${published.name}.gz`]);
  });
});
