import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { figures } from '../src/index.js';
import type { FigureOptions } from '../src/index.js';
import { renderSvg } from '../src/node.js';
import type * as source from '../src/index.js';

type Viz = typeof source;
declare const viz: Viz;

const executablePath = '/usr/bin/chromium';
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const isThere = existsSync(executablePath);
if (!isThere) console.warn(`Figures in a page are not tested: there is no Chromium at ${executablePath}.`);

(isThere ? describe : describe.skip)('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const bundle = await build({
      entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'viz',
    });
    browser = await chromium.launch({ executablePath, args: flags.split(' ') });
    page = await browser.newPage({ viewport: { width: 400, height: 900 }, deviceScaleFactor: 2 });
    await page.setContent('<!doctype html><body style="margin: 16px; color: rgb(1, 2, 3)"></body>');
    await page.addScriptTag({ content: bundle.outputFiles[0]!.text });
  });
  afterAll(() => browser?.close());

  const show = (name: keyof Viz['figures'], width?: number) =>
    page.evaluate(
      ([figure, asked]) => {
        const svg = viz.figures[figure].example(asked === undefined ? {} : { width: asked });
        document.body.replaceChildren(svg);
        return new XMLSerializer().serializeToString(svg);
      },
      [name, width] as const,
    );

  test.each(Object.keys(figures) as (keyof Viz['figures'])[])(
    '%s draws the same as in Node',
    async (name) => {
      const { example } = figures[name];
      for (const width of [undefined, 368]) {
        const inNode = renderSvg(
          (_, options: FigureOptions) => example(options),
          undefined,
          width ? { width } : {},
        );
        expect((await show(name, width)) === inNode).toBe(true);
      }
    },
  );

  test.each(Object.keys(figures) as (keyof Viz['figures'])[])(
    '%s keeps its text within the drawing and fits a narrow page',
    async (name) => {
      for (const width of [368, 480]) {
        await show(name, width);
        const outside = await page.evaluate(() => {
          const frame = document.querySelector('svg')!.getBoundingClientRect();
          return [...document.querySelectorAll('text')]
            .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
            .filter(
              ({ box }) =>
                box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1,
            )
            .map(({ text }) => text);
        });
        expect(outside).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
      }
    },
  );

  test('takes the text colour of the page', async () => {
    await show('learning-curve');
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('text')!).fill)).toBe(
      'rgb(1, 2, 3)',
    );
  });

  test('says what lies under the pointer, and takes it away again', async () => {
    await show('learning-curve', 368);
    const frame = (await page.locator('svg').boundingBox())!;
    await page.mouse.move(frame.x + 200, frame.y + 100);
    expect(await page.locator('[data-tooltip] text').allTextContents()).toEqual([
      'epoch 11',
      expect.stringMatching(/^train 15\d\.\d\d$/),
      expect.stringMatching(/^validation 15\d\.\d\d$/),
    ]);
    await page.mouse.move(frame.x + 200, frame.y + frame.height + 50);
    expect(await page.locator('[data-tooltip]').count()).toBe(0);
  });

  test('names the nearest point of a scatter', async () => {
    await page.evaluate(() =>
      document.body.replaceChildren(
        viz.latentScatter(
          { codes: Float32Array.of(0, 0, 1, 1, 0.5, 0.5), dimensions: 2, labels: ['low', 'high', 'middle'] },
          { width: 300 },
        ),
      ),
    );
    const dot = (await page.locator('path[data-class="2"]').boundingBox())!;
    await page.mouse.move(dot.x + dot.width / 2 + 3, dot.y + dot.height / 2);
    expect(await page.locator('[data-tooltip] text').allTextContents()).toEqual([
      'label middle',
      'example 2',
      '0.5, 0.5',
    ]);
  });

  test('fades the other classes while the pointer is on a legend entry', async () => {
    await show('latent-scatter', 368);
    const faded = () => page.locator('path[data-class][opacity]').count();
    expect(await faded()).toBe(0);
    await page.locator('svg > g > g:last-of-type').hover();
    expect(await faded()).toBe(9);
  });
});
