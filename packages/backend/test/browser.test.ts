import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import * as esbuild from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { probeBackends, useBackend } from '../src/browser.js';
import { usePatchedWasm } from './agreement.js';
import { losses } from './in-page.js';

const executablePath = '/usr/bin/chromium';
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const inBrowser = existsSync(executablePath) ? describe : describe.skip;
if (inBrowser === describe.skip) console.log(`browser.test.ts is skipped: there is no ${executablePath}`);

/** What in-page.ts puts on its window. */
declare const backend: {
  useBackend: typeof useBackend;
  probeBackends: typeof probeBackends;
  losses: typeof losses;
};

inBrowser('in Chromium without a graphics processor', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const { outputFiles, warnings } = await esbuild.build({
      entryPoints: [fileURLToPath(new URL('in-page.ts', import.meta.url))],
      ...{
        bundle: true,
        format: 'esm',
        write: false,
      },
    });
    expect(warnings).toEqual([]); // an import of a package that may not be there would be one
    const binary = createRequire(import.meta.url).resolve(
      '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
    );
    const files: Record<string, [string, string | Uint8Array]> = {
      '/': ['text/html', '<!doctype html><script type="module" src="/page.js"></script>'],
      '/page.js': ['text/javascript', outputFiles[0]!.contents],
      '/kernels.wasm': ['application/wasm', readFileSync(binary)],
      '/tfjs-backend-wasm-simd.wasm': ['application/wasm', readFileSync(binary)],
      '/index-of-everything.wasm': ['text/html', '<!doctype html>'],
    };
    server = createServer((request, response) => {
      const [type, content] = files[request.url!] ?? ['text/html', 'not here'];
      response.writeHead(request.url! in files ? 200 : 404, { 'content-type': type }).end(content);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await chromium.launch({ executablePath, args: flags.split(' ') });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'backend' in globalThis);
  });
  afterEach(() => page.close());

  it('takes wasm by itself, for there is no WebGPU and WebGL runs in software', async () => {
    const choice = await page.evaluate(() => backend.useBackend('auto', { wasmUrl: '/kernels.wasm' }));
    expect(choice).toMatchObject({
      name: 'wasm',
      why: 'the fastest that works here: WebAssembly with SIMD, one thread',
      tried: [
        { name: 'webgpu', works: false },
        {
          name: 'webgl',
          works: true,
          reason: expect.stringMatching(/^WebGL in software, slow: .*SwiftShader/),
        },
        { name: 'wasm', works: true },
      ],
    });
  });

  it('trains on wasm with the very losses that it has in Node', async () => {
    await usePatchedWasm();
    await page.evaluate(() => backend.useBackend('wasm', { wasmUrl: '/kernels.wasm' }));
    for (const name of ['ae', 'conv-ae'])
      expect(await page.evaluate((model) => backend.losses(model, 3), name)).toEqual(losses(name, 3));
  });

  it('says what to do when the file of kernels is not served', async () => {
    const message = await page.evaluate(() =>
      backend.useBackend('wasm', { wasmUrl: '/elsewhere.wasm' }).catch((error: Error) => error.message),
    );
    expect(message).toMatch(
      /^Cannot use backend wasm: found wasm not to work: found status 404 at http:.*\/elsewhere.wasm; remedy: serve tfjs-backend-wasm-simd/,
    );
  });

  it('says so too of an address that answers with a page, and takes the right one afterwards', async () => {
    const [message, name] = await page.evaluate(async () => [
      await backend
        .useBackend('wasm', { wasmUrl: '/index-of-everything.wasm' })
        .catch((error: Error) => error.message),
      (await backend.useBackend('wasm', { wasmUrl: new URL('/kernels.wasm', location.href) })).name,
    ]);
    expect(message).toMatch(/found something else than WebAssembly at http:/);
    expect(name).toBe('wasm');
  });

  it.each([
    ['beside the page, where no address is given', undefined],
    ['at an address of the origin', '/kernels.wasm'],
    ['at an address without a folder', 'kernels.wasm'],
  ])('finds the file in a worker made of a blob: %s', async (_, wasmUrl) => {
    expect(await inBlobWorker({ wasmUrl })).toMatchObject({ name: 'wasm' });
  });

  it('warns once, with the remedy, where the file is not there and plain JavaScript computes', async () => {
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    const [first, second] = await page.evaluate(async () => [
      await backend.useBackend('auto', { wasmUrl: '/elsewhere.wasm' }),
      await backend.useBackend('auto', { wasmUrl: '/elsewhere.wasm' }),
    ]);
    expect(first).toMatchObject({ name: 'cpu', notice: expect.stringMatching(/twenty times slower/) });
    expect(second!.notice).toBe(first!.notice);
    expect(warnings.filter((text) => text === first!.notice)).toHaveLength(1);
    const inWorker = await inBlobWorker({ wasmUrl: '/elsewhere.wasm' });
    expect(inWorker).toMatchObject({ name: 'cpu', notice: first!.notice });
  });

  it('says how WebGPU comes into the page where a processor for it is there', async () => {
    const { tried } = await page.evaluate(() => {
      Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => ({}) } });
      return backend.useBackend('auto', { wasmUrl: '/kernels.wasm' });
    });
    expect(tried[0]).toMatchObject({
      reason: '@tensorflow/tfjs-backend-webgpu is not part of this page',
      remedy: expect.stringMatching(/webgpu: \(\) => import/),
    });
  });

  /** What `useBackend('auto')` gives in a worker whose script is a `blob:`, as some bundlers make them. */
  const inBlobWorker = (options: { wasmUrl: string | undefined }) =>
    page.evaluate(async (given) => {
      const source = await (await fetch('/page.js')).text();
      const tail = `onmessage = ({ data }) => globalThis.backend.useBackend('auto', data).then(postMessage, (error) => postMessage(String(error)));`;
      const address = URL.createObjectURL(new Blob([source, tail], { type: 'text/javascript' }));
      const worker = new Worker(address, { type: 'module' });
      worker.postMessage(given);
      const answer = await new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
      worker.terminate();
      return answer;
    }, options);

  it('tries all four backends', async () => {
    const found = await page.evaluate(() => backend.probeBackends({ wasmUrl: '/kernels.wasm' }));
    expect(found.map(({ name, works }) => [name, works])).toEqual([
      ['webgpu', false],
      ['webgl', true],
      ['wasm', true],
      ['cpu', true],
    ]);
  });
});
