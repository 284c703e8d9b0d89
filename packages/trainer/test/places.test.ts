import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { DiskError, makeFolder, readCheckpoint, readRegularFile, writeFileWhole } from '../src/node.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ae-places-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The DiskError of a place where nothing can be written. */
const refusal = async (path: string) => {
  const error = await writeFileWhole(path, 'x').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DiskError);
  return (error as DiskError).message;
};
const onLinux = existsSync('/proc/self') ? test : test.skip;

describe('makeFolder()', () => {
  test('makes a folder and those around it, or finds them there, several at a time', async () => {
    const path = join(folder, 'a', 'b', 'c', 'd');
    await Promise.all([1, 2, 3, 4].map(() => makeFolder(path)));
    await makeFolder(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  onLinux('comes to an end where no folder can be made, as in /proc', async () => {
    for (const path of ['/proc/run', '/proc/run/a/b', '/proc/self/fd/run', '/sys/run', '/dev/null/run'])
      await expect(makeFolder(path)).rejects.toThrow(/^E[A-Z]+: /);
    expect(await refusal('/proc/run/run.json')).toMatch(
      /^Cannot write \/proc\/run\/run\.json: found a place that takes no folders, expected one on a disk \(ENOENT\); choose another/,
    );
    expect(await refusal('/dev/null/run/run.json')).toMatch('found a file, expected a folder (ENOTDIR)');
  });

  test('says what stands in the way: a file, a link that leads nowhere or round, a name too long', async () => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
    symlinkSync(join(folder, 'round'), join(folder, 'round'));
    expect(await refusal(join(folder, 'file', 'run.json'))).toMatch('found a file, expected a folder');
    expect(await refusal(join(folder, 'file', 'run', 'run.json'))).toMatch('found a file, expected a folder');
    expect(await refusal(join(folder, 'link', 'run.json'))).toMatch(
      'found a file, expected a folder (EEXIST)',
    );
    expect(await refusal(join(folder, 'round', 'a', 'run.json'))).toMatch(
      /links that lead back|found a file/,
    );
    expect(await refusal(join(folder, 'x'.repeat(300), 'run.json'))).toMatch('found a name that is too long');
  });
});

/** Whether reading waits for somebody to write to the pipe, who comes after ten seconds. */
async function waits(pipe: string, reading: Promise<unknown>): Promise<boolean> {
  let waited = false;
  const writer = setTimeout(() => {
    waited = true;
    writeFileSync(pipe, '');
  }, 10_000);
  await reading;
  clearTimeout(writer);
  return waited;
}

describe('readRegularFile()', () => {
  test('reads a file, and nothing that would keep it waiting', async () => {
    writeFileSync(join(folder, 'file'), 'text');
    expect(String(await readRegularFile(join(folder, 'file')))).toBe('text');
    const pipe = join(folder, 'checkpoint.safetensors');
    execFileSync('mkfifo', [pipe]);
    const refused = expect(readCheckpoint(folder)).rejects.toThrow(
      /Cannot resume from .*: found a named pipe, expected a file/,
    );
    expect(await waits(pipe, refused)).toBe(false);
    mkdirSync(join(folder, 'folder'));
    await expect(readRegularFile(join(folder, 'folder'))).rejects.toThrow('found a folder, expected a file');
    await expect(readRegularFile('/dev/zero')).rejects.toThrow('found a device, expected a file');
    await expect(readRegularFile(join(folder, 'none'))).rejects.toThrow('found nothing there');
  });
});
