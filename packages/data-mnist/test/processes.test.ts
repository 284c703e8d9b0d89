import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadPublished } from '../src/node/load.js';
import { withLock } from '../src/node/lock.js';
import { type Loopback, loopback } from './loopback.js';
import { tinyDataSet, tinyMirror } from './tiny.js';

let cacheDir: string;
let mirror: Loopback;
const children: ChildProcess[] = [];

beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'data-mnist-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await mirror?.close();
  rmSync(cacheDir, { recursive: true });
});

/** Another process that loads the tiny data set; TypeScript is bundled beforehand by esbuild. */
async function otherProcess(): Promise<ChildProcess> {
  const script = join(cacheDir, 'load.mjs');
  if (!existsSync(script)) {
    const { build } = await import('esbuild');
    const entry = fileURLToPath(new URL('load-in-process.ts', import.meta.url));
    await build({
      entryPoints: [entry],
      outfile: script,
      conditions: ['@ae/source'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  }
  const child = spawn(process.execPath, [script, mirror.url, cacheDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

describe('processes that start at once', () => {
  test('download once between them', async () => {
    const files = tinyMirror();
    mirror = await loopback(
      (request, response) => void setTimeout(() => response.end(files[request.url!]), 100),
    );
    const started = [await otherProcess(), await otherProcess(), await otherProcess()];
    const printed = await Promise.all(started.map((child) => text(child.stdout!)));
    const results = printed.map((line) => JSON.parse(line) as { source: string; checksum: string });
    expect(new Set(results.map(({ checksum }) => checksum)).size).toBe(1);
    expect(results.filter(({ source }) => source === `tiny from ${mirror.url}`).length).toBe(1);
    expect(mirror.requests.length).toBe(4);
    expect(readdirSync(join(cacheDir, 'tiny')).length).toBe(4);
  });

  test('take over at once from one that was killed in the middle', async () => {
    const files = tinyMirror();
    let hold = true;
    let asked = () => {};
    const first = new Promise<void>((resolve) => (asked = resolve));
    mirror = await loopback((request, response) => {
      asked();
      if (hold) response.write(files[request.url!]!.subarray(0, 10));
      else response.end(files[request.url!]);
    });
    const child = await otherProcess();
    await first;
    const waiting = loadPublished(tinyDataSet([mirror.url]), { cacheDir });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(mirror.requests.length).toBe(1);
    hold = false;
    const killed = performance.now();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await waiting).source).toBe(`tiny from ${mirror.url}`);
    expect(performance.now() - killed).toBeLessThan(10_000);
    expect(readdirSync(join(cacheDir, 'tiny')).length).toBe(4);
  });
});

describe('withLock()', () => {
  const lock = () => join(cacheDir, '.lock');

  test('runs one piece of work at a time and leaves no lock behind', async () => {
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(lock(), work)));
    expect(most).toBe(1);
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  test('is free again after work that fails', async () => {
    await expect(withLock(lock(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(lock(), async () => 'yes')).toBe('yes');
  });

  test('is taken over from a holder on another machine that shows no sign of life for 15 seconds', async () => {
    writeFileSync(lock(), JSON.stringify({ pid: 1, host: 'elsewhere' }));
    const stop = AbortSignal.timeout(400);
    await expect(withLock(lock(), async () => 'yes', { signal: stop })).rejects.toThrow(/timeout/);
    const long = Date.now() / 1000 - 16;
    utimesSync(lock(), long, long);
    expect(await withLock(lock(), async () => 'yes')).toBe('yes');
  });

  test('is taken over when it says nothing of its holder, once it is old', async () => {
    writeFileSync(lock(), '');
    utimesSync(lock(), 1, 1);
    expect(await withLock(lock(), async () => 'yes')).toBe('yes');
  });

  test('does not remove a lock that was taken over from it', async () => {
    await withLock(lock(), async () => writeFileSync(lock(), 'somebody else'));
    expect(readdirSync(cacheDir)).toEqual(['.lock']);
  });

  test('says what the file system says', async () => {
    mkdirSync(join(cacheDir, 'folder'));
    await expect(withLock(join(cacheDir, 'absent', '.lock'), async () => 'yes')).rejects.toThrow('ENOENT');
  });
});
