import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

import { servePage, type ServedPage } from './served-page.js';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isThere = existsSync(executablePath);
if (!isThere) console.log(`Demos are not driven: no Chromium at ${executablePath}; set CHROMIUM to its path`);

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const narrow = { width: 390, height: 844 };
const wide = { width: 1280, height: 800 };
const measured: string[] = [];

let served: ServedPage;
let browser: Browser;

(isThere ? describe : describe.skip)('in a page of its own,', () => {
  beforeAll(async () => {
    [served, browser] = await Promise.all([servePage(), chromium.launch({ executablePath, args: flags })]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    served?.close();
    console.log(measured.join('\n'));
  });

  describe('LatentExplorer', () => {
    test('decodes where the pointer drags and where the arrow keys lead', () =>
      use('LatentExplorer', wide, async (page) => {
        const view = page.locator('[data-view]');
        const plane = page.locator('.plane');
        await changes(view, () => drag(page, plane, [0.3, 0.3], [0.7, 0.6]));
        await plane.focus();
        const before = await plane.getAttribute('aria-valuenow');
        await changes(view, async () => {
          for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
        });
        expect(Number(await plane.getAttribute('aria-valuenow'))).toBeGreaterThan(Number(before));
        measured.push(await paintsPerSecond(page));
      }));

    test('decodes under a finger, and does not scroll the page meanwhile', () =>
      use('LatentExplorer', narrow, async (page) => {
        const plane = (await page.locator('.plane').boundingBox())!;
        await changes(page.locator('[data-view]'), () =>
          page.touchscreen.tap(plane.x + 0.2 * plane.width, plane.y + 0.3 * plane.height),
        );
        const action = await page
          .locator('.plane')
          .evaluate((element) => getComputedStyle(element).touchAction);
        expect(action).toBe('none');
      }));

    test('shows a digit beside its reconstruction where the pointer meets a point', () =>
      use('LatentExplorer', wide, async (page) => {
        await page.getByText('None of these digits was trained on').waitFor();
        const original = page.getByRole('img', { name: /^drawn digit \d$/ });
        await changes(original, () => sweep(page, page.locator('.plane')));
        await expectInk(page.getByRole('img', { name: /reconstructed$/ }));
      }));

    test('shows another model where one is chosen', () =>
      use('LatentExplorer', wide, (page) =>
        changes(page.locator('[data-view]'), () => page.getByText('conv-ae', { exact: true }).click()),
      ));
  });

  describe('DrawDigit', () => {
    test('encodes what is drawn, by four models, and compares its error with that of digits', () =>
      use('DrawDigit', wide, async (page) => {
        await page
          .getByText(/error 0\.\d+: .* % of drawn digits/)
          .first()
          .waitFor();
        const pad = page.locator('.pad canvas');
        await page.getByRole('button', { name: 'Clear' }).click();
        for (const model of ['ae', 'conv-ae', 'vae', 'conv-vae'])
          await expectInk(page.getByRole('img', { name: `Reconstructed by ${model}`, exact: true }), false);
        await drag(page, pad, [0.5, 0.15], [0.45, 0.85]);
        for (const model of ['ae', 'conv-ae', 'vae', 'conv-vae'])
          await expectInk(page.getByRole('img', { name: `Reconstructed by ${model}`, exact: true }));
      }));

    test('is drawn on with the keyboard', () =>
      use('DrawDigit', narrow, async (page) => {
        await page.getByRole('button', { name: 'Clear' }).click();
        await page.locator('.pad canvas').focus();
        await page.keyboard.press('Space');
        for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowDown');
        await expectInk(page.getByRole('img', { name: 'The drawing as the models see it' }));
      }));

    test('finds a scribble more unusual than a digit', () =>
      use('DrawDigit', wide, async (page) => {
        await page.locator('.keys:enabled').waitFor();
        await page.getByRole('button', { name: 'Put a 1' }).click();
        const digit = await unusual(page);
        await page.getByRole('button', { name: 'Scribble' }).click();
        expect(await unusual(page)).toBeGreaterThan(digit);
      }));
  });

  describe('TrainHere', () => {
    test('trains, is paused, goes one step on, and shows an earlier epoch again', () =>
      use('TrainHere', wide, async (page) => {
        const state = (name: string) => page.locator(`[data-state=${name}]`).waitFor();
        await page.getByRole('button', { name: 'Train', exact: true }).click();
        await page.getByText(/epoch ([2-9]|[1-9]\d) of/).waitFor();
        await page.getByLabel('Beta').fill('4');
        await page.getByRole('button', { name: 'Pause' }).click();
        await state('paused');
        const step = await stepOf(page);
        await page.getByRole('button', { name: 'Step' }).click();
        await page.getByText(`step ${step + 1} `).waitFor();
        await changes(page.locator('[data-view]'), () => page.getByLabel('Epoch to look at').fill('0'));
        await page.getByText('untrained').waitFor();
        await page.getByRole('button', { name: 'Go on' }).click();
        await state('running');
        await expect(page.getByText(/^epoch ([3-9]|[1-9]\d) of/).waitFor()).resolves.toBeUndefined();
        measured.push(`TrainHere: ${(await page.locator('.small.number').textContent())!.trim()}`);
      }));
  });

  describe('TrainHere with a learning rate that is too large', () => {
    const trainWithMost = async (page: Page, model: string) => {
      await page.getByText(model, { exact: true }).click();
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText(/epoch ([2-9]|1\d) of/).waitFor();
      const before = await lossOf(page);
      await page.getByLabel('Learning rate').press('End');
      return before;
    };

    test('throws the loss of ae up', () =>
      use('TrainHere', wide, async (page) => {
        const before = await trainWithMost(page, 'ae');
        while ((await lossOf(page)) < 2 * before) await page.waitForTimeout(200);
      }));

    test('ends the training of vae, whose loss is then no number, and says so', () =>
      use('TrainHere', wide, async (page) => {
        await trainWithMost(page, 'vae');
        await page
          .getByRole('alert')
          .getByText(/^Cannot go on training: .* lower the learning rate$/)
          .waitFor();
        await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
      }));
  });

  describe('BeyondTwo', () => {
    test('lays out the codes three times, and marks the same digits in each', () =>
      use('BeyondTwo', wide, async (page) => {
        await page.locator('[data-done]').waitFor();
        const planes = page.locator('.plane');
        expect(await planes.count()).toBe(3);
        const before = await Promise.all([0, 1, 2].map((i) => pixelsOf(planes.nth(i).locator('canvas'))));
        await changes(page.locator('[data-view]'), () => drag(page, planes.nth(2), [0.3, 0.3], [0.6, 0.6]));
        for (const i of [0, 1, 2])
          expect(await pixelsOf(planes.nth(i).locator('canvas'))).not.toBe(before[i]);
        await planes.nth(1).focus();
        await changes(page.locator('[data-view]'), () => page.keyboard.press('ArrowUp'));
      }));
  });

  describe('InterpolateCombine', () => {
    test('leads from one digit to another, samples, and moves a dimension', () =>
      use('InterpolateCombine', narrow, async (page) => {
        await changes(page.locator('[data-view]'), () => page.getByLabel('Share of the way').fill('1'));
        await changes(page.locator('[data-view]'), () =>
          page.getByRole('button', { name: 'Next digit at the end' }).click(),
        );
        await changes(page.getByRole('img', { name: 'Sample 1', exact: true }), () =>
          page.getByRole('button', { name: 'Draw others' }).click(),
        );
        const traversed = page.getByRole('img', { name: 'What the sliders decode to' });
        await page.getByLabel('Dimension 2').focus();
        await changes(traversed, async () => {
          for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
        });
        await page.getByText('conv-vae', { exact: true }).click();
        await page.getByLabel('Dimension 256').waitFor();
      }));
  });
});

const { source: axe } = createRequire(import.meta.url)('axe-core') as { source: string };

/** Opens a demo and does something there; afterwards it must fit, be accessible, and have asked and complained nothing. */
async function use(demo: string, viewport: typeof wide, act: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport, hasTouch: viewport === narrow, colorScheme: 'light' });
  const faults: string[] = [];
  let bytes = 0;
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(served.origin))
      faults.push(request.url());
  });
  page.on('response', async (response) => (bytes += (await response.body().catch(() => '')).length));
  try {
    await page.addInitScript(noteReadiness);
    await page.goto(`${served.origin}/?${demo}`);
    await page.locator('[data-ready]').waitFor();
    const ready = await page.evaluate(() => (globalThis as unknown as { readyAt: number }).readyAt);
    const size = `${(bytes / 1e6).toFixed(2)} MB before compression`;
    measured.push(`${demo} at ${viewport.width}: to be used after ${ready.toFixed(0)} ms and ${size}`);
    await act(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.evaluate(axe);
    faults.push(...(await page.evaluate(seriousFaults)));
    expect(faults).toEqual([]);
  } finally {
    await page.close();
  }
}

/** Milliseconds from the start of the page until the demo says that it can be used. */
function noteReadiness(): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[data-ready]')) return;
    (globalThis as unknown as { readyAt: number }).readyAt = performance.now();
    observer.disconnect();
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

async function seriousFaults(): Promise<string[]> {
  interface Axe {
    run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
  }
  const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
}

async function drag(page: Page, area: Locator, from: number[], to: number[]): Promise<void> {
  const { x, y, width, height } = (await area.boundingBox())!;
  await page.mouse.move(x + from[0]! * width, y + from[1]! * height);
  await page.mouse.down();
  await page.mouse.move(x + to[0]! * width, y + to[1]! * height, { steps: 8 });
  await page.mouse.up();
}

/** Moves over the middle of a plane, where the points are, without pressing. */
async function sweep(page: Page, area: Locator): Promise<void> {
  const { x, y, width, height } = (await area.boundingBox())!;
  for (let i = 0; i <= 12; i++) await page.mouse.move(x + width * (0.35 + 0.025 * i), y + height * 0.5);
}

async function changes(view: Locator, act: () => Promise<unknown>): Promise<void> {
  const before = await pixelsOf(view);
  await act();
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await pixelsOf(view)) !== before) return;
    await view.page().waitForTimeout(50);
  }
  throw new Error('Nothing has changed within five seconds');
}

/** What is drawn: a canvas's pixels, or an element's markup. */
const pixelsOf = (view: Locator): Promise<string> =>
  view.evaluate((element) =>
    element instanceof HTMLCanvasElement ? element.toDataURL() : element.innerHTML,
  );

/** Waits until there is white on a canvas, or until there is none. */
async function expectInk(canvas: Locator, wanted = true): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const most = await canvas.evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      return Math.max(
        ...(element as HTMLCanvasElement)
          .getContext('2d')!
          .getImageData(0, 0, width, height)
          .data.filter((_, i) => i % 4 === 0),
      );
    });
    if (most > 60 === wanted) return;
    await canvas.page().waitForTimeout(50);
  }
  throw new Error(`Found ${wanted ? 'no ink' : 'ink'} within five seconds`);
}

/** The sum over models of the share of digits with a smaller error, in percent. */
async function unusual(page: Page): Promise<number> {
  const judgements = page.getByText(/larger than for \d+ % of drawn digits/);
  await judgements.nth(3).waitFor();
  await page.waitForTimeout(300); // what was clicked before is drawn in the next frames
  const texts = await judgements.allTextContents();
  return texts.reduce((sum, text) => sum + Number(/larger than for (\d+) %/.exec(text)![1]), 0);
}

const lossOf = async (page: Page): Promise<number> =>
  Number(/loss (\S+)/.exec((await page.locator('.small.number').textContent())!)![1]);

const stepOf = async (page: Page): Promise<number> =>
  Number(/step (\d+)/.exec((await page.locator('.small.number').textContent())!)![1]);

/** How often the decoded image is painted while the pointer moves in every frame, and what one painting costs at best. */
async function paintsPerSecond(page: Page): Promise<string> {
  const { paints, frames, seconds } = await page.evaluate(async () => {
    const plane = document.querySelector('.plane')!;
    const { left, top, width, height } = plane.getBoundingClientRect();
    let [paints, frames] = [0, 0];
    const { putImageData } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.putImageData = function (...args: unknown[]) {
      if (this.canvas.hasAttribute('data-view')) paints += 1;
      return Reflect.apply(putImageData, this, args);
    };
    const start = performance.now();
    while (performance.now() - start < 1000) {
      const angle = (performance.now() - start) / 150;
      const place = {
        clientX: left + width * (0.5 + 0.3 * Math.cos(angle)),
        clientY: top + height * (0.5 + 0.3 * Math.sin(angle)),
      };
      plane.dispatchEvent(new PointerEvent('pointermove', { ...place, buttons: 1, bubbles: true }));
      await new Promise(requestAnimationFrame);
      frames += 1;
    }
    CanvasRenderingContext2D.prototype.putImageData = putImageData;
    return { paints, frames, seconds: (performance.now() - start) / 1000 };
  });
  expect(paints).toBeGreaterThanOrEqual(frames - 2); // no frame is left out
  return `LatentExplorer: ${(paints / seconds).toFixed(0)} decoded images per second while dragging (target 60, at least 30)`;
}
