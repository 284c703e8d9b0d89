// Serves the site as `npm run docs` does, without what vite has kept, and presses "Train" as soon as it is there: the page
// must train, and must not be loaded a second time.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

import type { Browser } from 'playwright-core';

const root = new URL('../', import.meta.url);
const vitepress = new URL('../../node_modules/vitepress/bin/vitepress.js', root);

/** Milliseconds; vite bundles TensorFlow.js meanwhile. */
const PATIENCE = 60_000;

/** What the first press on "Train" led to, in words; `faults` where it was lost. */
export async function trainFromCold(browser: Browser): Promise<{ faults: string[]; text: string }> {
  rmSync(new URL('.vitepress/cache/', root), { recursive: true, force: true });
  const server = spawn(process.execPath, [fileURLToPath(vitepress), 'dev', '--port', '4199'], {
    cwd: fileURLToPath(root),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const context = await browser.newContext();
  try {
    const address = await addressOf(server.stdout);
    const page = await context.newPage();
    let loads = 0;
    page.on('load', () => loads++);
    await page.goto(new URL('demos/train-here', address).href);
    await page.locator('.demo [data-ready]').waitFor({ timeout: PATIENCE });
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const trains = await page
      .getByText(/^epoch 1 of|^epoch 2 of/)
      .waitFor({ timeout: PATIENCE })
      .then(
        () => true,
        () => false,
      );
    const faults = [
      ...(trains ? [] : ['npm run docs: the first press on "Train" trains nothing']),
      ...(loads === 1 ? [] : [`npm run docs: the page is loaded ${loads} times`]),
    ];
    return { faults, text: `npm run docs, cold: ${trains ? 'trains' : 'trains not'} after ${loads} loads` };
  } finally {
    await context.close();
    server.kill();
  }
}

/** The address that vitepress prints once it serves; what it prints later is read too, or it would end. */
const addressOf = (output: Readable): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    output.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const found = /http:\/\/localhost:\d+/.exec(stripVTControlCharacters(said));
      if (found) resolve(found[0]);
    });
    output.on('end', () => reject(new Error(`Cannot serve the site: vitepress ended and said ${said}`)));
  });
