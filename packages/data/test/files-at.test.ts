import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { filesOf } from '../src/browser.js';
import { filesAt } from '../src/node.js';

let folder: string;
const put = (name: string, text = name) => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const namesAt = async (path: string) => (await filesAt(path)).files.map(({ name }) => name);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ae-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('filesAt()', () => {
  test('gives a folder’s files by name, in the order of code units, without what is hidden', async () => {
    for (const name of ['b/10.png', 'b/9.png', 'a.txt', 'B/1.png', 'ä.txt', '.git/config', 'b/.DS_Store'])
      put(name);
    expect(await namesAt(folder)).toEqual(['B/1.png', 'a.txt', 'b/10.png', 'b/9.png', 'ä.txt']);
  });

  test('gives one file by its last name', async () => {
    put('deep/rows.csv', 'a,b');
    const { files } = await filesAt(join(folder, 'deep/rows.csv'));
    expect(files).toMatchObject([{ name: 'rows.csv', size: 3 }]);
    expect(text(await files[0]!.read())).toBe('a,b');
  });

  test('reads from one place up to another', async () => {
    put('file', '0123456789');
    const [file] = (await filesAt(folder)).files;
    expect(text(await file!.read(3, 6))).toBe('345');
    expect(text(await file!.read(8))).toBe('89');
    expect(text(await file!.read(8, 100))).toBe('89');
    expect(text(await file!.read(11, 12))).toBe('');
  });

  test('follows links, but not back into a folder that they lie in', async () => {
    put('a/1');
    put('b/2');
    symlinkSync(join(folder, 'a'), join(folder, 'b/other'));
    symlinkSync(folder, join(folder, 'b/round'));
    symlinkSync(join(folder, 'none'), join(folder, 'b/lost'));
    const notices: string[] = [];
    const { files } = await filesAt(folder, { notice: (line) => notices.push(line) });
    expect(files.map(({ name }) => name)).toEqual(['a/1', 'b/2', 'b/other/1']);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('b/round, a link to a folder around it');
    expect(notices[0]).toContain('b/lost, a link to nothing');
  });

  test('leaves out what is no ordinary file, and says so', async () => {
    put('file');
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const notices: string[] = [];
    expect((await filesAt(folder, { notice: (line) => notices.push(line) })).files).toHaveLength(1);
    expect(notices).toEqual([`left out of ${folder}: pipe, a named pipe`]);
    await expect(filesAt(join(folder, 'pipe'))).rejects.toThrow(
      'found a named pipe, expected a file or a folder',
    );
  });

  test('refuses where nothing is', async () => {
    await expect(filesAt(join(folder, 'none'))).rejects.toThrow(
      /^Cannot read .*none: found nothing there, expected a file or a folder$/,
    );
  });

  test('says of a file that it changed while it was read', async () => {
    put('file', '0123456789');
    const [file] = (await filesAt(folder)).files;
    truncateSync(join(folder, 'file'), 4);
    await expect(file!.read()).rejects.toThrow('found 4 bytes, expected 10; it changed while it was read');
    rmSync(join(folder, 'file'));
    await expect(file!.read()).rejects.toThrow('found no bytes, expected 10');
  });

  test('takes no memory for more than an array holds', async () => {
    put('file', '');
    truncateSync(join(folder, 'file'), 2 ** 40);
    const [file] = (await filesAt(folder)).files;
    await expect(file!.read()).rejects.toThrow(
      'found 1099511627776 bytes, expected at most 4294967295 at once',
    );
    expect(await file!.read(2 ** 39, 2 ** 39 + 2)).toEqual(Uint8Array.of(0, 0));
  });

  test('stops when it is told to', async () => {
    put('file');
    const reason = new Error('enough');
    await expect(filesAt(folder, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

test('filesOf() gives a folder chosen in a page the names that filesAt() gives it', async () => {
  for (const name of ['b/2.png', 'b/1.png', '.hidden/x', 'a.txt']) put(name);
  const chosen = ['a.txt', '.hidden/x', 'b/2.png', 'b/1.png'].map((name) =>
    Object.assign(new File([name], name.split('/').at(-1)!), { webkitRelativePath: `photos/${name}` }),
  );
  const { files } = filesOf(chosen);
  expect(files.map(({ name }) => name)).toEqual(await namesAt(folder));
  expect(text(await files[1]!.read(2, 3))).toBe('1');
  expect(filesOf([new File(['x'], 'one.png')]).files[0]!.name).toBe('one.png');
});
