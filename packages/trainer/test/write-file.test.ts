import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

/** What is done to files from here on, in its order. */
let calls: string[] = [];
/** A call that fails, once. */
let failing: string | undefined;

function note(call: string): void {
  const shown = call.replace(/\.\d+\.\d+\.\d+\.tmp/g, '.tmp');
  calls.push(shown);
  if (shown === failing) throw Object.assign(new Error('it fails'), { code: 'EIO' });
}

jest.unstable_mockModule('node:fs/promises', () => ({
  ...files,
  async open(path: string, flags: string) {
    const file = await files.open(path, flags);
    const { sync, close } = file;
    return Object.assign(file, {
      async sync() {
        note(`flush ${basename(path)}`);
        await sync.call(file);
      },
      async close() {
        note(`close ${basename(path)}`);
        await close.call(file);
      },
    });
  },
  async rename(from: string, to: string) {
    note(`rename ${basename(from)} to ${basename(to)}`);
    await files.rename(from, to);
  },
}));
const { writeFileWhole } = await import('../src/node/write-file.js');

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ae-write-'));
  folder = join(home, 'run');
  calls = [];
  failing = undefined;
});
afterEach(() => rmSync(home, { recursive: true }));

describe('writeFileWhole()', () => {
  test('flushes the file before it gets its name, and the folder after that: a power cut leaves the old or the new', async () => {
    await writeFileWhole(join(folder, 'run.json'), '{}');
    expect(calls).toEqual([
      'flush run.json.tmp',
      'close run.json.tmp',
      'rename run.json.tmp to run.json',
      'flush run',
      'close run',
    ]);
  });

  test('keeps what was there under its other name only once the new file is flushed', async () => {
    await writeFileWhole(join(folder, 'a'), 'old', { keep: join(folder, 'b') });
    calls = [];
    await writeFileWhole(join(folder, 'a'), 'new', { keep: join(folder, 'b') });
    expect(calls.filter((call) => !call.startsWith('close'))).toEqual([
      'flush a.tmp',
      'rename a to b',
      'rename a.tmp to a',
      'flush run',
    ]);
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('old');
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
  });

  test.each(['flush a.tmp', 'rename a.tmp to a'])(
    'leaves the old file and nothing else where "%s" fails',
    async (call) => {
      await writeFileWhole(join(folder, 'a'), 'old');
      failing = call;
      await expect(writeFileWhole(join(folder, 'a'), 'new')).rejects.toThrow('what was there before is kept');
      expect(readdirSync(folder)).toEqual(['a']);
      expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
    },
  );
});
