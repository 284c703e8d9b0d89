import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';

import { workplace } from './ae.js';

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
    const figures = readdirSync(join(place.folder, 'live', 'figures'));
    expect(await page.locator('figure').count()).toBe(figures.length);
    const record = await fetch(new URL('run.json', url));
    expect([record.status, record.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect((await fetch(new URL('%2e%2e%2ftiny/', url))).status).toBe(404);
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
