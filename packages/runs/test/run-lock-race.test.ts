import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it, jest } from '@jest/globals';

/** Done once, right before somebody gets the right to replace a dead lock. */
let meanwhile = () => {};

jest.unstable_mockModule('node:fs/promises', () => ({
  ...files,
  async writeFile(path: string, ...more: [string, { flag: string }?]) {
    if (/run\.lock\.[0-9a-f]{16}$/.test(path)) {
      meanwhile();
      meanwhile = () => {};
    }
    await files.writeFile(path, ...more);
  },
}));
const { withRunLock } = await import('../src/record/run-lock.js');

const folder = mkdtempSync(join(tmpdir(), 'ae-run-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('who comes late to take over a dead lock keeps away from the living one that was faster', async () => {
  const lock = join(folder, 'run.lock');
  const owned = (pid: number) => JSON.stringify({ pid, host: hostname() });
  writeFileSync(lock, owned(spawnSync(process.execPath, ['--version']).pid));
  meanwhile = () => writeFileSync(lock, owned(process.ppid));
  const work = jest.fn(async () => {});
  await expect(withRunLock(folder, work)).rejects.toThrow(`it is being trained by process ${process.ppid}`);
  expect(work).not.toHaveBeenCalled();
  expect(readFileSync(lock, 'utf8')).toBe(owned(process.ppid));
  expect(readdirSync(folder)).toEqual(['run.lock']);
});
