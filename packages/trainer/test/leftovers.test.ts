import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

import { isAlive, removeLeftovers } from '../src/node.js';
import { temporaryOf } from '../src/node/leftovers.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ae-leftovers-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('removeLeftovers()', () => {
  test('removes what a process that is gone was writing, and nothing else', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    mkdirSync(join(folder, 'figures'));
    const kept = [temporaryOf('run.json'), 'run.json', `notes.${pid}.tmp`, 'a.tmp'];
    for (const name of [...kept, `run.json.${pid}.0.3.tmp`, `figures/loss.svg.${pid}.0.4.tmp`])
      writeFileSync(join(folder, name), '');
    expect((await removeLeftovers(folder)).length).toBe(2);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual([...kept, 'figures'].sort());
  });
});

describe('isAlive()', () => {
  test("knows this process, one that is gone, and another user's, which may not be asked", () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(spawnSync(process.execPath, ['--version']).pid)).toBe(false);
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });
    expect(isAlive(1)).toBe(true);
  });
});
