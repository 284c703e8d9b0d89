import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { readBestWeights } from '../src/record/read-run.js';
import { checkFree, claimFolder, freshName } from '../src/record/run-folder.js';

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'ae-run-folder-'));
});
afterAll(() => rmSync(place, { recursive: true }));

const folderWith = (name: string, files: Record<string, string>): string => {
  const folder = join(place, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
};
const failure = async (work: () => unknown): Promise<{ message: string; name: string }> => {
  try {
    await work();
  } catch (error) {
    return { message: (error as Error).message, name: (error as Error).name };
  }
  throw new Error('nothing was thrown');
};

describe('freshName()', () => {
  it('is named after the model and the time', () => {
    expect(freshName('conv-vae', new Date(2026, 0, 2, 3, 4, 5))).toBe(
      join('runs', 'conv-vae-2026-01-02-030405'),
    );
  });
});

describe('claimFolder()', () => {
  it('gives everybody who asks in the same second a folder of its own', async () => {
    const back = process.cwd();
    process.chdir(place);
    try {
      const now = new Date();
      const names = await Promise.all(Array.from({ length: 20 }, () => claimFolder('vae', now)));
      expect(new Set(names).size).toBe(20);
      expect(names.every((name) => existsSync(name))).toBe(true);
    } finally {
      process.chdir(back);
    }
  });
});

describe('checkFree()', () => {
  it('takes a new folder and an empty one', () => {
    expect(() => checkFree(join(place, 'new'))).not.toThrow();
    expect(() => checkFree(folderWith('empty', {}))).not.toThrow();
  });

  it('refuses a name that is empty, which would be the working directory', async () => {
    expect(await failure(() => checkFree(''))).toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('found no name'),
    });
  });

  it("refuses somebody's folder, a file, and a run that is not resumed", async () => {
    expect(await failure(() => checkFree(folderWith('photos', { 'a.jpg': '' })))).toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('it holds a.jpg, expected a new or empty folder'),
    });
    expect(await failure(() => checkFree(folderWith('run', { 'run.json': '' })))).toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('add --resume to go on'),
    });
    expect((await failure(() => checkFree(join(place, 'photos', 'a.jpg')))).message).toContain(
      'it is a file',
    );
  });
});

describe('readBestWeights()', () => {
  it('says how to get so far where a run has no weights yet', async () => {
    expect(await failure(() => readBestWeights(folderWith('early', {})))).toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('--resume'),
    });
  });
});
