import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';

import { servePage, type ServedPage } from './served-page.js';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isThere = existsSync(executablePath);
if (!isThere) console.log(`MNIST is not loaded into demos: no Chromium at ${executablePath}`);

const folders = [
  process.env['AE_DATA_DIR'],
  fileURLToPath(new URL('../../../../../shared/data/mnist', import.meta.url)),
];
const mnist = folders.find((folder) => folder && existsSync(`${folder}/t10k-images-idx3-ubyte.gz`));
if (!mnist)
  console.log("MNIST is not shown in demos: no t10k-images-idx3-ubyte.gz; set AE_DATA_DIR to MNIST's folder");

const isFile = (url: string | undefined) => /^\/t10k-(images-idx3|labels-idx1)-ubyte\.gz$/.test(url ?? '');

(isThere ? describe : describe.skip)("the button that loads MNIST's test images", () => {
  let served: ServedPage;
  let browser: Browser;
  let page: Page;
  let mirror: Server;
  let answer: (url: string, response: ServerResponse) => void;

  beforeAll(async () => {
    mirror = createServer(({ url }, response) => {
      response.setHeader('access-control-allow-origin', '*');
      if (isFile(url)) answer(url!, response);
      else response.writeHead(404).end();
    });
    await new Promise<void>((listening) => mirror.listen(0, '127.0.0.1', listening));
    [served, browser] = await Promise.all([
      servePage(),
      chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] }),
    ]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    served?.close();
    mirror.closeAllConnections();
    mirror.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
  });
  afterEach(() => page.close());

  const open = async (demo: string) => {
    await page.goto(`${served.origin}/?${demo}&http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`);
    await page.locator('[data-ready]').waitFor();
  };
  const button = () => page.getByRole('button', { name: /^Load MNIST/ });

  test('says why they cannot be had, and the drawn digits stay', async () => {
    answer = (_, response) => response.writeHead(503).end();
    await open('InterpolateCombine');
    await page
      .getByText(/digits drawn by the embedded generator; the models were trained on MNIST/)
      .waitFor();
    await button().click();
    await page
      .getByRole('alert')
      .getByText(/Cannot download mnist: .* answered 503/)
      .waitFor();
    expect(await page.locator('[data-source]').getAttribute('data-source')).toBe('drawn');
    await page.getByRole('img', { name: /^drawn digit \d at the start$/ }).waitFor();
  });

  test('shows how far it is, and stops when it is told to', async () => {
    let isClosed: Promise<void> | undefined;
    answer = (_, response) => {
      isClosed = new Promise((closed) => response.on('close', closed));
      response.writeHead(200, { 'content-length': 1_648_877 }).write(new Uint8Array(400_000));
    };
    await open('InterpolateCombine');
    await button().click();
    await page.getByText('t10k-images-idx3-ubyte: 0.4 of 1.6 MB').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await button().waitFor();
    await isClosed;
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  (mnist ? test : test.skip).each(['InterpolateCombine', 'LatentExplorer', 'BeyondTwo', 'DrawDigit'])(
    'shows the first of them in %s, and calls them what they are',
    async (demo) => {
      answer = (url, response) => response.end(readFileSync(`${mnist}${url}`));
      await open(demo);
      await button().click();
      await page.getByText(/Shown: the first \d+ of MNIST's 10,000 test images/).waitFor();
      const named = {
        InterpolateCombine: page.getByRole('img', { name: /^MNIST test digit 4 at the start$/ }),
        LatentExplorer: page.getByRole('img', { name: 'MNIST test digit 7', exact: true }), // the first of them
        BeyondTwo: page.getByText(/^500 MNIST test digits, each a code/),
        DrawDigit: page.getByText(/larger than for \d+ % of MNIST test digits/).first(),
      }[demo]!;
      await named.waitFor({ timeout: 100_000 });
    },
    120_000,
  );
});
