import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { chromium } from 'playwright-core';

import { serve } from '../serve.js';

interface Answer {
  name: string;
  notice?: string;
  product: number;
}

const PATIENCE = 120_000;

/**
 * Opens what webpack bundled: its worker takes wasm, and where the file of wasm is taken away it computes in plain
 * JavaScript and says so.
 */
export async function openWebpackPage(folder: string): Promise<[void, string]> {
  const { origin, close } = await serve(pathToFileURL(`${folder}/`));
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const found: Answer[] = [];
    for (const take of [() => {}, () => removeWasm(folder)]) {
      take();
      const context = await browser.newContext(); // without a cache
      const page = await context.newPage();
      await page.goto(origin);
      await page.locator('output').waitFor({ timeout: PATIENCE, state: 'attached' });
      found.push(JSON.parse((await page.locator('output').textContent())!) as Answer);
      await context.close();
    }
    const [served, removed] = found as [Answer, Answer];
    if (served.name !== 'wasm' || served.notice || served.product !== 11)
      throw new Error(`found ${JSON.stringify(served)}, expected wasm, 11 and no notice`);
    if (removed.name !== 'cpu' || !removed.notice?.includes('404') || removed.product !== 11)
      throw new Error(
        `found ${JSON.stringify(removed)} without the file of wasm, expected cpu, 11 and a notice`,
      );
    return [undefined, `wasm in the worker; without its file "${removed.notice.slice(0, 60)}…"`];
  } finally {
    await browser.close();
    close();
  }
}

function removeWasm(folder: string): void {
  const file = readdirSync(folder).find((name) => name.endsWith('.wasm'))!;
  renameSync(join(folder, file), join(folder, `${file}.removed`));
}
