import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { exitCodeOf } from '../src/exit-code.js';
import { checkFree, freshFolder, readBestWeights, readHistory, readRun } from '../src/run-folder.js';

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
const failure = async (work: () => unknown): Promise<{ message: string; code: number }> => {
  try {
    await work();
  } catch (error) {
    return { message: (error as Error).message, code: exitCodeOf(error) };
  }
  throw new Error('nothing was thrown');
};

describe('freshFolder()', () => {
  it('is named after the model and the time', () => {
    expect(freshFolder('conv-vae', new Date(2026, 0, 2, 3, 4, 5))).toBe(
      join('runs', 'conv-vae-2026-01-02-030405'),
    );
  });
});

describe('checkFree()', () => {
  it('takes a new folder and an empty one', () => {
    expect(() => checkFree(join(place, 'new'))).not.toThrow();
    expect(() => checkFree(folderWith('empty', {}))).not.toThrow();
  });

  it('refuses a name that is empty, which would be the working directory', async () => {
    expect(await failure(() => checkFree(''))).toMatchObject({
      code: 2,
      message: expect.stringContaining('found no name'),
    });
  });

  it("refuses somebody's folder, a file, and a run that is not resumed", async () => {
    expect(await failure(() => checkFree(folderWith('photos', { 'a.jpg': '' })))).toMatchObject({
      code: 2,
      message: expect.stringContaining('it holds a.jpg, expected a new or empty folder'),
    });
    expect(await failure(() => checkFree(folderWith('run', { 'run.json': '' })))).toMatchObject({
      code: 2,
      message: expect.stringContaining('add --resume to go on'),
    });
    expect((await failure(() => checkFree(join(place, 'photos', 'a.jpg')))).message).toContain(
      'it is a file',
    );
  });
});

describe('readRun()', () => {
  it('tells a missing folder, a folder without a run and a damaged record apart', async () => {
    expect(await failure(() => readRun(join(place, 'nowhere')))).toMatchObject({
      code: 2,
      message: expect.stringContaining('no such folder'),
    });
    expect(await failure(() => readRun(folderWith('none', {})))).toMatchObject({
      code: 2,
      message: expect.stringContaining('no run.json in it'),
    });
    expect(await failure(() => readRun(folderWith('torn', { 'run.json': '{"format": 1, ' })))).toMatchObject({
      code: 65,
      message: expect.stringContaining('it is damaged, expected JSON'),
    });
    expect(await failure(() => readRun(folderWith('other', { 'run.json': '{"format": 2}' })))).toMatchObject({
      code: 65,
      message: expect.stringContaining('format 2, expected 1'),
    });
    expect(
      await failure(() => readRun(folderWith('part', { 'run.json': '{"format": 1, "status": "running"}' }))),
    ).toMatchObject({ code: 65, message: expect.stringContaining('model is undefined, expected a string') });
  });
});

describe('readHistory()', () => {
  it('has no rows before the first epoch, and names a damaged line', async () => {
    expect(await readHistory(folderWith('before', {}))).toEqual([]);
    expect(await readHistory(folderWith('rows', { 'history.jsonl': '{"epoch":1}\n{"epoch":2}\n' }))).toEqual([
      { epoch: 1 },
      { epoch: 2 },
    ]);
    expect(
      await failure(() => readHistory(folderWith('bad', { 'history.jsonl': '{"epoch":1}\n{"ep' }))),
    ).toMatchObject({ code: 65, message: expect.stringContaining('line 2 is damaged') });
  });
});

describe('readBestWeights()', () => {
  it('says how to get so far where a run has no weights yet', async () => {
    expect(await failure(() => readBestWeights(folderWith('early', {})))).toMatchObject({
      code: 2,
      message: expect.stringContaining('--resume'),
    });
  });
});
