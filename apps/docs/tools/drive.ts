// Drives the built site in Chromium, at the size of a desk and of a phone: every written page, its links, its demos.
// Screenshots are left in build/screenshots. Ends with one line of what was counted, and with 1 where something failed.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

import { trainFromCold } from './cold-start.js';
import { dragExplorer, driveDemo, demos } from './demos.js';
import { checkLinks, htmlPages } from './links.js';
import { serve } from '../../../tools/serve.js';
import { visit } from './visit.js';

const site = new URL('../dist/', import.meta.url);
const screenshots = new URL('../build/screenshots/', import.meta.url);
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const views = [
  { width: 1280, height: 800, scheme: 'light' },
  { width: 390, height: 844, scheme: 'light' },
  { width: 1280, height: 800, scheme: 'dark' },
] as const;
/** One door of the API is like the other, and all of them are long; so is one decision like the other. */
const isVisited = (path: string) =>
  !/^(api|decisions)\//.test(path) || path === 'api/index.html' || /viz\.html$|\/0001-/.test(path);

rmSync(screenshots, { recursive: true, force: true });
mkdirSync(screenshots, { recursive: true });
const faults: string[] = [];
const links = checkLinks(site);
faults.push(...links.faults);
console.log(`${links.count} links followed, ${links.faults.length} lead nowhere`);

const { origin, close } = await serve(site);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags.split(' ') });
const paths = htmlPages(site).filter(isVisited);
let viewCount = 0;
try {
  for (const path of paths) await look(browser, path);
  for (const demo of demos) {
    try {
      const driven = await driveDemo(browser, origin, demo);
      faults.push(...driven.faults);
      console.log(driven.text);
    } catch (error) {
      faults.push(`demos/${demo.page}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  const { fps, text } = await dragExplorer(browser, origin);
  console.log(text);
  const cold = await trainFromCold(browser);
  console.log(cold.text);
  faults.push(...cold.faults);
  if (fps < 30) faults.push(`dragging the explorer: ${fps.toFixed(0)} frames a second, expected at least 30`);
} finally {
  await browser.close();
  close();
}

for (const fault of faults) console.error(`✗ ${fault}`);
console.log(
  `docs: ${paths.length} pages in ${viewCount} views, ${links.count} links, ${demos.length} demos: ${faults.length} faults`,
);
process.exit(faults.length > 0 ? 1 : 0);

async function look(chromium: Browser, path: string): Promise<void> {
  for (const { scheme, ...viewport } of views) {
    const name = `${path.replace(/\.html$/, '').replaceAll('/', '-')}-${viewport.width}${scheme === 'dark' ? '-dark' : ''}.png`;
    const seen = await visit(chromium, `${origin}/${path}`, {
      viewport,
      scheme,
      screenshot: fileURLToPath(new URL(name, screenshots)),
    });
    viewCount++;
    faults.push(...seen.faults.map((fault) => `${path} at ${viewport.width}, ${scheme}: ${fault}`));
    if (path === 'index.html' && viewport.width === 1280 && scheme === 'light')
      console.log(`start page: ${kilobytes(seen.bytes)} transferred in ${seen.requests} requests`);
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(0)} KiB`;
}
