import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';

import { serveLoopback, type LoopbackServer } from '../src/live/loopback-server.js';
import { filesOf } from '../src/live/run-files.js';
import { workplace } from './ae.js';

/** An answer to a request whose path and headers are sent as they are given. */
function ask(
  url: string,
  path: string,
  { headers, method = 'GET' }: Pick<RequestOptions, 'headers' | 'method'> = {},
) {
  const { hostname, port } = new URL(url);
  return new Promise<{ status: number; type: string | undefined; body: string }>((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, type: response.headers['content-type'], body }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('the server of a run folder', () => {
  let folder: string;
  let server: LoopbackServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ae-live-'));
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    const run = join(folder, 'run');
    mkdirSync(join(run, 'figures'), { recursive: true });
    writeFileSync(join(run, 'report.html'), '<!doctype html><title>report</title>');
    writeFileSync(join(run, 'figures/a b.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    symlinkSync(join(folder, 'secret.txt'), join(run, 'link.txt'));
    server = await serveLoopback(await filesOf(run));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('listens on the loopback address only', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('gives the report and the files of the run', async () => {
    expect(await ask(server.url, '/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(await ask(server.url, '/figures/a%20b.svg')).toMatchObject({ status: 200, type: 'image/svg+xml' });
    expect(await ask(server.url, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    '/../secret.txt',
    '/figures/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/figures/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '//elsewhere/secret.txt',
    '/link.txt',
    '/figures',
    '/report.html%00.svg',
    '/%zz',
    '/nothing.html',
  ])('has nothing at %s', async (path) => {
    const answer = await ask(server.url, path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example'])(
    'refuses a request to the host %s',
    async (host) => {
      expect(await ask(server.url, '/', { headers: { host } })).toMatchObject({ status: 403 });
    },
  );

  it('answers to the name localhost too', async () => {
    const host = `localhost:${new URL(server.url).port}`;
    expect(await ask(server.url, '/', { headers: { host } })).toMatchObject({ status: 200 });
  });

  it('takes no other method, and nothing that another page posts', async () => {
    expect(await ask(server.url, '/', { method: 'DELETE' })).toMatchObject({ status: 405 });
    expect(await ask(server.url, '/stop', { method: 'POST' })).toMatchObject({ status: 403 });
    const headers = { origin: 'http://evil.example' };
    expect(await ask(server.url, '/stop', { method: 'POST', headers })).toMatchObject({ status: 403 });
  });
});

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const there = existsSync(executablePath);
if (!there) console.log(`live.test.ts is skipped in part: no ${executablePath}; set CHROMIUM_PATH`);

(there ? describe : describe.skip)('in Chromium', () => {
  let place: Awaited<ReturnType<typeof workplace>>;
  let browser: Browser;
  const settings = ['vae', '--data', 'tiny', '--batch-size', '10', '--set', 'hidden=16', '--backend', 'wasm'];
  const train = (...more: string[]) => place.start('train', ...settings, ...more);
  const weightsOf = (run: string) => readFileSync(join(place.folder, run, 'best.safetensors'));

  beforeAll(async () => {
    place = await workplace();
    const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
    browser = await chromium.launch({
      executablePath,
      args: [...flags, '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    place?.remove();
  });

  /** A page at an address; what it asked for elsewhere and complained about is gathered. */
  async function visit(url: string) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('request', (asked) => {
      if (!asked.url().startsWith(new URL(url).origin) && !asked.url().startsWith('data:'))
        faults.push(asked.url());
    });
    await page.goto(url);
    return { page, faults };
  }

  const shareOf = (page: Page) =>
    page.locator('progress').evaluate((bar) => (bar as HTMLProgressElement).value);

  it('`ae train --live` shows new figures after every epoch, then the report, and trains the same weights', async () => {
    const run = train('--epochs', '30', '--live', '--out', 'live');
    const url = await run.finds(/live view (\S+)/);
    const { page, faults } = await visit(url);
    await page.locator('#figures figure').first().waitFor();
    const [first, share] = [await page.innerHTML('#figures'), await shareOf(page)];
    await page.waitForFunction((before) => document.querySelector('#figures')!.innerHTML !== before, first);
    await page.waitForFunction((before) => document.querySelector('progress')!.value > before, share);
    expect(await page.locator('figcaption').allTextContents()).toContainEqual(
      expect.stringMatching(/^Test images and, in the rows below, .* after epoch 1, 2/),
    );
    await page.getByText('Numbers', { exact: true }).waitFor({ timeout: 60_000 });
    expect(await page.locator('.live').count()).toBe(0);
    expect(faults).toEqual([]);
    expect(await run.ended).toMatchObject({ code: 0 });

    expect(await train('--epochs', '30', '--out', 'unwatched').ended).toMatchObject({ code: 0 });
    expect(weightsOf('live').equals(weightsOf('unwatched'))).toBe(true);

    const stopped = train('--epochs', '30', '--live', '--out', 'stopped');
    const { page: stopPage } = await visit(await stopped.finds(/live view (\S+)/));
    await stopPage.locator('#figures figure').first().waitFor();
    await stopPage.getByRole('button', { name: 'Stop and save' }).click();
    await stopPage.getByText(/Stopped by its page; everything is saved/).waitFor();
    expect(await stopPage.locator('main').innerText()).not.toMatch(/being trained/i);
    const end = await stopped.ended;
    expect(end.code).toBe(130);
    expect(end.stderr).toContain('go on with: ae train --out stopped --resume');
    expect(await place.ae('train', '--out', 'stopped', '--resume')).toMatchObject({ code: 0 });
    expect(weightsOf('stopped').equals(weightsOf('unwatched'))).toBe(true);
  });

  it('`ae open` shows a finished run until Ctrl-C', async () => {
    const open = place.start('open', 'live');
    const url = await open.finds(/(http:\S+)/);
    const { page, faults } = await visit(url);
    expect(await page.title()).toBe('vae');
    expect(await page.locator('figure').count()).toBe(7);
    expect(await ask(url, '/run.json')).toMatchObject({ status: 200, type: 'application/json' });
    expect(await ask(url, '/../tiny/')).toMatchObject({ status: 404 });
    expect(faults).toEqual([]);
    open.kill('SIGINT');
    expect(await open.ended).toMatchObject({ code: 0 });
  });

  it('`ae open` says what to do where there is no report yet', async () => {
    const run = train('--epochs', '100000', '--out', 'endless');
    await run.says('epoch 1/');
    run.kill('SIGINT');
    await run.ended;
    const { code, stderr } = await place.ae('open', 'endless');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Cannot open run endless: no report.html in it, .* `ae report endless`/);
  });
});
