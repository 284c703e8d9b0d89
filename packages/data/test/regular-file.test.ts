import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readRegularFile } from '../src/node.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ae-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

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
  test('reads a file of as many bytes as are allowed, and refuses one of more before it takes memory', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'four');
    expect(String.fromCharCode(...(await readRegularFile(file, 4))!)).toBe('four');
    truncateSync(file, 2 ** 40);
    await expect(readRegularFile(file, 4)).rejects.toThrow(
      `Cannot read ${file}: found 1099511627776 bytes, expected at most 4`,
    );
  });

  test('refuses what is no file', async () => {
    await expect(readRegularFile('/dev/zero', 4)).rejects.toThrow('found a device, expected a file');
    await expect(readRegularFile(folder, 4)).rejects.toThrow('found a folder, expected a file');
  });

  test('does not wait for somebody to write to a pipe', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const refused = expect(readRegularFile(pipe, 4)).rejects.toThrow('found a named pipe, expected a file');
    expect(await waits(pipe, refused)).toBe(false);
  });

  test('gives nothing where nothing is', async () => {
    expect(await readRegularFile(join(folder, 'none'), 4)).toBeUndefined();
  });
});
