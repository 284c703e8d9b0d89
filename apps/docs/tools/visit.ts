import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { watch } from '../../../tools/watch-page.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Milliseconds; a machine that is busy with other tests is slow. */
const PATIENCE = 30_000;

export interface VisitOptions {
  viewport: { width: number; height: number };
  scheme: 'light' | 'dark';
  /** Where the picture of the whole page goes. */
  screenshot?: string;
}

/** What a visit to a page found. */
export interface Visit {
  faults: string[];
  bytes: number;
  requests: number;
}

/** Opens a page as a stranger, waits until it is at rest, and looks for faults of every kind. */
export async function visit(browser: Browser, url: string, options: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({ viewport: options.viewport, colorScheme: options.scheme });
  try {
    const page = await newPage(context);
    const faults = watch(page, new URL(url).origin);
    const traffic = await measure(page);
    await page.goto(url, { waitUntil: 'networkidle' });
    faults.push(...(await settle(page)));
    const { bytes, requests } = { ...traffic };
    await showEverything(page);
    if (options.screenshot) await page.screenshot({ path: options.screenshot, fullPage: true });
    faults.push(...(await overflow(page)), ...(await accessibility(page)));
    return { faults, bytes, requests };
  } finally {
    await context.close();
  }
}

/** A page in which functions of this program can run: tsx gives them names through a helper that a page lacks. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript('globalThis.__name = (named) => named');
  return page;
}

/** Counts what a page transfers from now on, as it comes over the wire. */
export async function measure(page: Page): Promise<{ bytes: number; requests: number }> {
  const traffic = { bytes: 0, requests: 0 };
  const session = await page.context().newCDPSession(page);
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    traffic.bytes += encodedDataLength;
    traffic.requests++;
  });
  await session.send('Network.enable');
  return traffic;
}

/** Waits until the page's demo, if it has one, can be used. */
export async function settle(page: Page): Promise<string[]> {
  if ((await page.locator('.demo').count()) === 0) return [];
  const ready = page.locator('.demo [data-ready]').first();
  const isReady = await ready.waitFor({ state: 'attached', timeout: PATIENCE }).then(
    () => true,
    () => false,
  );
  return isReady ? [] : [`the demo cannot be used after ${PATIENCE / 1000} seconds`];
}

/** Scrolls to the end and back, so that pictures that wait for it are there. */
async function showEverything(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await frame();
    }
    scrollTo(0, 0);
    const shown = [...document.images].filter(({ offsetParent }) => offsetParent !== null);
    await Promise.all(shown.map((image) => image.decode().catch(() => undefined)));
  });
}

async function overflow(page: Page): Promise<string[]> {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  return wide! > room! ? [`is ${wide} pixels wide in a window of ${room}`] : [];
}

/** Serious and critical faults by the rules of WCAG 2.2, levels A and AA. */
async function accessibility(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof Axe };
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      where: nodes[0]!.target.join(' '),
      count: nodes.length,
    }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, where, count }) => `${id}: ${help} (${count} times, first at ${where})`);
}
