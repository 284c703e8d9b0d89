import { pathToFileURL } from 'node:url';

import { chromium } from 'playwright-core';

import { serve } from '../serve.js';
import { watch } from '../watch-page.js';

const PATIENCE = 120_000;

/** Opens the bundled page in Chromium, and waits until it has trained and drawn. */
export async function openPage(folder: string): Promise<[void, string]> {
  const { origin, close } = await serve(pathToFileURL(`${folder}/`));
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    const faults = watch(page, origin);
    await page.goto(origin);
    await page.locator('output').waitFor({ timeout: PATIENCE, state: 'attached' });
    const text = (await page.locator('output').textContent())!;
    const figures = await page.locator('svg').count();
    if (figures !== 2) faults.push(`found ${figures} figures, expected 2`);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return [undefined, text];
  } finally {
    await browser.close();
    close();
  }
}
