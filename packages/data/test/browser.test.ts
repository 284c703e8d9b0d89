import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import jpeg from 'jpeg-js';
import { encode } from 'fast-png';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import type { decodeImage, filesOf } from '../src/browser.js';
import { type Examples, readData } from '../src/index.js';
import { decodeImage as decodeInNode, filesAt } from '../src/node.js';
import { noise } from './pictures.js';

const executablePath = '/usr/bin/chromium';
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const inBrowser = existsSync(executablePath) ? describe : describe.skip;
if (inBrowser === describe.skip) console.log(`browser.test.ts is skipped: there is no ${executablePath}`);

/** What the page's program puts on its window. */
declare const window: {
  decodeImage: typeof decodeImage;
  filesOf: typeof filesOf;
  readData: typeof readData;
};

inBrowser('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('in-page.ts', import.meta.url))],
      conditions: ['@ae/source'],
      bundle: true,
      format: 'iife',
      write: false,
      logLevel: 'error',
    });
    browser = await chromium.launch({ executablePath, args: flags.split(' ') });
    page = await browser.newPage();
    await page.setContent('<input type="file" webkitdirectory>');
    await page.addScriptTag({ content: new TextDecoder().decode(outputFiles[0]!.contents) });

    folder = mkdtempSync(join(tmpdir(), 'ae-page-'));
    const data = noise(1, 12);
    const picture = sharp(data, { raw: { width: 12, height: 12, channels: 3 } });
    const rgba = { width: 12, height: 12, data: new Uint8Array(576).map((_, i) => (i * 37) % 256) };
    for (const name of ['png', 'jpeg', 'webp']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'png/a.png'), encode({ width: 12, height: 12, channels: 3, data }));
    writeFileSync(join(folder, 'jpeg/a.jpg'), jpeg.encode(rgba, 80).data);
    writeFileSync(
      join(folder, 'jpeg/b.jpg'),
      await picture.withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    );
    writeFileSync(
      join(folder, 'webp/a.webp'),
      await sharp(data, { raw: { width: 12, height: 12, channels: 3 } })
        .webp({ lossless: true })
        .toBuffer(),
    );
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  test('a folder that was chosen is read as Node reads it, bit for bit', async () => {
    await page.setInputFiles('input', folder);
    const inPage = await page.evaluate(async () => {
      const { files } = window.filesOf(document.querySelector('input')!.files!);
      const { decodeImage } = window;
      const { all } = (await window.readData('photos', files, { size: 8 }, { decodeImage })) as never as {
        all: Examples;
      };
      return { ...all, values: [...all.values], labels: [...all.labels!] };
    });
    const { files } = await filesAt(folder);
    const { all } = (await readData(
      'photos',
      files,
      { size: 8 },
      { decodeImage: decodeInNode },
    )) as unknown as {
      all: Examples;
    };
    expect(inPage).toEqual({ ...all, values: [...all.values], labels: [...all.labels!] });
    expect(inPage.names).toEqual(['jpeg/a.jpg', 'jpeg/b.jpg', 'png/a.png', 'webp/a.webp']);
  });

  test('what the browser does not show is named', async () => {
    const message = await page.evaluate(async () => {
      const bytes = new TextEncoder().encode('RIFF\0\0\0\0WEBPVP8 ');
      return window
        .decodeImage(bytes, 'cats/1.webp')
        .then(String, (error: Error) => `${error.name}: ${error.message}`);
    });
    expect(message).toMatch(
      /^DataError: Cannot read cats\/1.webp: .*, expected a picture that this browser shows$/,
    );
  });
});
