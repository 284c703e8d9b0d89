import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { loadAuto, loadDataSet, loadTestImages } from '../src/browser.js';
import type { loadPublished, loadPublishedTest } from '../src/browser/load.js';
import { parts } from '../src/data-set.js';
import { dataSets, digits } from '../src/index.js';
import { type Loopback, loopback } from './loopback.js';
import { sha256, tinyDataSet, tinyFiles, tinyMirror } from './tiny.js';

const executablePath = '/usr/bin/chromium';
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const inBrowser = existsSync(executablePath) ? describe : describe.skip;
if (inBrowser === describe.skip) console.log(`browser.test.ts is skipped: there is no ${executablePath}`);

/** What the page's program puts on its window. */
declare const window: {
  loadAuto: typeof loadAuto;
  loadDataSet: typeof loadDataSet;
  loadTestImages: typeof loadTestImages;
  loadPublished: typeof loadPublished;
  loadPublishedTest: typeof loadPublishedTest;
  digits: typeof digits;
};

inBrowser('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let site: Loopback;
  let answers: Record<string, Uint8Array>;
  const checksum = sha256(Buffer.concat(parts.map((part) => tinyFiles()[part])));

  beforeAll(async () => {
    const entryPoints = [fileURLToPath(new URL('in-page.ts', import.meta.url))];
    const { outputFiles } = await build({
      entryPoints,
      conditions: ['@ae/source'],
      bundle: true,
      format: 'esm',
      write: false,
      logLevel: 'error',
    });
    const pages: Record<string, [string, string | Uint8Array]> = {
      '/': ['text/html', '<!doctype html><script type="module" src="/page.js"></script>'],
      '/page.js': ['text/javascript', outputFiles[0]!.contents],
    };
    site = await loopback((request, response) => {
      const [type, content] = pages[request.url!] ?? ['application/gzip', answers[request.url!]];
      if (!content) return response.writeHead(404).end();
      return response.writeHead(200, { 'content-type': type }).end(content);
    });
    browser = await chromium.launch({ executablePath, args: flags.split(' ') });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  beforeEach(async () => {
    answers = tinyMirror();
    site.requests.length = 0;
    page = await browser.newPage(); // with storage of its own
    await page.goto(site.url);
    await page.waitForFunction(() => 'loadDataSet' in window);
  });

  afterEach(() => page.close());

  /** Loads the tiny data set in the page; typed arrays do not survive the way back. */
  const load = (mirrors = [site.url], pin: 'sha256' | 'gzipSha256' = 'sha256') =>
    page.evaluate(
      async (dataSet) => {
        const { name, source, checksum, train, validation, test } = await window.loadPublished(dataSet, {});
        const counts = [train.count, validation.count, test.count];
        return {
          name,
          source,
          checksum,
          counts,
          labels: Array.from(test.labels),
          pixels: Array.from(test.values),
        };
      },
      tinyDataSet(mirrors, pin),
    );
  const dataRequests = () => site.requests.filter((url) => url.endsWith('.gz'));

  test('downloads, unpacks, verifies, and then reads Cache Storage', async () => {
    const first = await load();
    expect(first).toMatchObject({
      name: 'tiny',
      source: `tiny from ${site.url}`,
      checksum,
      counts: [22, 2, 6],
    });
    expect(first.labels).toEqual([0, 1, 2, 3, 4, 5]);
    expect(first.pixels).toEqual(Array.from(tinyFiles().testImages.subarray(16)));
    expect(dataRequests().length).toBe(4);

    expect(await load()).toEqual({ ...first, source: 'tiny from the cache of this browser' });
    expect(dataRequests().length).toBe(4);
  });

  test('loads the test images alone, verified, with progress, and stops when it is told to', async () => {
    const loadTest = () =>
      page.evaluate(
        async (dataSet) => {
          const told: string[] = [];
          const onProgress = ({ what }: { what: string }) => void told.push(what);
          const { values, labels, ...set } = await window.loadPublishedTest(dataSet, { onProgress });
          return { ...set, told: [...new Set(told)], values: Array.from(values), labels: Array.from(labels) };
        },
        tinyDataSet([site.url]),
      );
    const { told, values, ...set } = await loadTest();
    expect(set).toMatchObject({
      name: 'tiny',
      source: `tiny from ${site.url}`,
      count: 6,
      shape: [4, 3, 1],
    });
    expect(values).toEqual(Array.from(tinyFiles().testImages.subarray(16)));
    expect(told).toEqual(['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte']);
    expect(dataRequests().length).toBe(2);
    expect((await loadTest()).source).toBe('tiny from the cache of this browser');

    answers['/t10k-images-idx3-ubyte.gz'] = gzipSync(
      tinyFiles().testImages.map((byte, i) => (i < 16 ? byte : 1)),
    );
    const damaged = page.evaluate(
      async (dataSet) => {
        await caches.delete('ae-data-mnist');
        await window.loadPublishedTest(dataSet, {});
      },
      tinyDataSet([site.url]),
    );
    await expect(damaged).rejects.toThrow(/found SHA-256 \w+ for the unpacked file, expected/);
    const stopped = page.evaluate(async (mirror) => {
      const signal = AbortSignal.abort(new Error('enough'));
      await window.loadTestImages('mnist', { signal, mirrors: [mirror] });
    }, site.url);
    await expect(stopped).rejects.toThrow('enough');
    const unknown = page.evaluate(async () => void (await window.loadTestImages('digits' as 'mnist')));
    await expect(unknown).rejects.toThrow(`expected one of ${Object.keys(dataSets).join(', ')}`);
  });

  test('downloads anew what is damaged in the cache', async () => {
    await load();
    await page.evaluate(async () => {
      const cache = await caches.open('ae-data-mnist');
      const [first] = await cache.keys();
      await cache.put(first!, new Response('damaged'));
    });
    expect((await load()).checksum).toBe(checksum);
    expect(dataRequests().length).toBe(5);
  });

  test('verifies the publisher’s gzip where nothing else is pinned', async () => {
    expect((await load([site.url], 'gzipSha256')).checksum).toBe(checksum);
    expect((await load([site.url], 'gzipSha256')).source).toBe('tiny from the cache of this browser');
  });

  test('downloads once when it is asked twice at a time', async () => {
    await Promise.all([load(), load()]);
    expect(dataRequests().length).toBe(4);
  });

  test.each<[string, RegExp, Uint8Array]>([
    ['a web page', /found a web page that begins "<html>/, Buffer.from('<html>Sign in</html>')],
    [
      'a truncated gzip',
      /Cannot unpack .*t10k-images-idx3-ubyte.gz: .*expected a whole gzip file/,
      tinyMirror()['/t10k-images-idx3-ubyte.gz']!.subarray(0, 40),
    ],
  ])('goes on to the next mirror after %s, and keeps nothing of it', async (_, message, bytes) => {
    for (const [path, answer] of Object.entries(tinyMirror())) answers[`/bad${path}`] = answer;
    answers['/bad/t10k-images-idx3-ubyte.gz'] = bytes;
    await expect(load([`${site.url}bad/`])).rejects.toThrow(message);
    const kept = await page.evaluate(async () => (await (await caches.open('ae-data-mnist')).keys()).length);
    expect(kept).toBe(2);
    expect((await load([`${site.url}bad/`, site.url])).checksum).toBe(checksum);
  });

  test('draws the same digits as Node', async () => {
    const drawn = await page.evaluate(async () => (await window.digits({ train: 200, test: 50 })).checksum);
    expect(drawn).toBe((await digits({ train: 200, test: 50 })).checksum);
  });

  test('draws digits where MNIST cannot be had, and says so', async () => {
    const { name, notice } = await page.evaluate(async (mirror) => {
      const set = await window.loadAuto({ mirrors: [mirror] });
      return { name: set.name, notice: set.notice };
    }, `${site.url}nothing/`);
    expect(name).toBe('digits');
    expect(notice).toMatch(
      /answered 404 Not Found: generated digits take its place; name a folder on the web that holds MNIST in `mirrors`$/,
    );
  });

  test('refuses an unknown name, and stops when it is told to', async () => {
    await expect(page.evaluate(() => window.loadDataSet('minst').then(() => {}))).rejects.toThrow(
      `Cannot load data set "minst": found no such name, expected one of ${Object.keys(dataSets).join(', ')}, digits`,
    );
    const stopped = page.evaluate(() => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(new Error('enough')), 50);
      return window.digits({ signal: stop.signal }).then(() => {});
    });
    await expect(stopped).rejects.toThrow('enough');
  });
});
