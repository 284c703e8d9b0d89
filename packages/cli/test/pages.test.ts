import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';

import { workplace } from './ae.js';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const there = existsSync(executablePath);
if (!there)
  console.log(`pages.test.ts is skipped: no ${executablePath}; install chromium or set CHROMIUM_PATH`);

let place: Awaited<ReturnType<typeof workplace>>;
let browser: Browser;

(there ? describe : describe.skip)('a page in Chromium, opened from disk', () => {
  beforeAll(async () => {
    place = await workplace();
    const { ae } = place;
    const train = (model: string) =>
      ae(
        'train',
        model,
        '--data',
        'tiny',
        '--epochs',
        '2',
        '--backend',
        'wasm',
        '--set',
        'hidden=16',
        '--out',
        model,
      );
    expect((await Promise.all([train('vae'), train('ae')])).map(({ code }) => code)).toEqual([0, 0]);
    expect(await ae('compare', 'vae', 'ae', '--out', 'both.html')).toMatchObject({ code: 0 });
    const flags = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ];
    browser = await chromium.launch({
      executablePath,
      args: [...flags, '--disable-component-update', '--disable-sync'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    place?.remove();
  });

  it.each([
    ['vae/report.html', 1280, 'light'],
    ['vae/report.html', 400, 'dark'],
    ['ae/report.html', 400, 'light'],
    ['both.html', 1280, 'dark'],
    ['both.html', 400, 'light'],
  ] as const)(
    '%s at %i pixels in %s shows its figures, says no error, asks for nothing and overflows nowhere',
    async (file, width, colorScheme) => {
      const kept = join(place.folder, dirname(file), 'figures'); // a run's are all on its page
      const figures = file === 'both.html' ? 4 : readdirSync(kept).length;
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      const said: string[] = [];
      const asked: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(error.message));
      page.on('request', (request) => asked.push(request.url()));
      const url = pathToFileURL(join(place.folder, file)).href;
      await page.goto(url);

      expect(said).toEqual([]);
      expect(asked.filter((address) => !address.startsWith('data:'))).toEqual([url]);
      const seen = await page.evaluate(() => ({
        overflow: document.documentElement.scrollWidth - window.innerWidth,
        figures: [...document.querySelectorAll('figure')].map((figure) => {
          const shown = [...figure.querySelectorAll('svg')].filter(
            (svg) => svg.getBoundingClientRect().width > 0,
          );
          return shown
            .map((svg) => svg.getBoundingClientRect())
            .filter(({ height, right }) => height > 50 && right <= window.innerWidth).length;
        }),
        ground: getComputedStyle(document.body).backgroundColor,
      }));
      expect(seen.overflow).toBeLessThanOrEqual(0);
      expect(seen.figures).toEqual(Array(figures).fill(1));
      expect(seen.ground).toBe(colorScheme === 'light' ? 'rgb(251, 251, 250)' : 'rgb(19, 21, 24)');
      await page.close();
    },
  );
});
