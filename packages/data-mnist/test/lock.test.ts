import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';

/** Done once, right before a dead lock is moved out of the way. */
let meanwhile = () => {};

jest.unstable_mockModule('node:fs/promises', () => ({
  ...files,
  async rename(from: string, to: string) {
    meanwhile();
    meanwhile = () => {};
    await files.rename(from, to);
  },
}));
const { withLock } = await import('../src/node/lock.js');

const folder = mkdtempSync(join(tmpdir(), 'ae-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a waiter who takes away the new lock of another, in place of a dead one, puts it back', async () => {
  const lock = join(folder, '.lock');
  const living = JSON.stringify({ pid: process.pid, host: hostname(), id: 'faster' });
  writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() })); // no process has such a number
  meanwhile = () => writeFileSync(lock, living);
  const work = jest.fn(async () => {});
  await expect(withLock(lock, work, { signal: AbortSignal.timeout(500) })).rejects.toThrow(/timeout/);
  expect(work).not.toHaveBeenCalled();
  expect(readFileSync(lock, 'utf8')).toBe(living);
  expect(readdirSync(folder)).toEqual(['.lock']);
});
