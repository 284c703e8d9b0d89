import type { Browser, Page } from 'playwright-core';

import { watch } from '../../../tools/watch-page.js';
import { measure, newPage, settle } from './visit.js';

const viewport = { width: 1280, height: 800 };

/** A page with a demo, what it may weigh, and something that a visitor does there. */
export interface DemoSpec {
  page: string;
  /** Transferred until the demo can be used, packed with gzip, the page itself included. */
  mostKiB: number;
  use(page: Page): Promise<void>;
}

/** Every demo; each use must change what is drawn. */
export const demos: DemoSpec[] = [
  { page: 'latent-explorer', mostKiB: 1200, use: (page) => drag(page, '.plane', [0.3, 0.3], [0.7, 0.6]) },
  {
    page: 'draw-a-digit',
    mostKiB: 6000,
    use: (page) => drag(page, '.pad canvas', [0.5, 0.15], [0.45, 0.85]),
  },
  {
    page: 'train-here',
    mostKiB: 300,
    use: (page) => page.getByRole('button', { name: 'Train', exact: true }).click(),
  },
  { page: 'beyond-two', mostKiB: 2000, use: (page) => drag(page, '.plane', [0.3, 0.4], [0.6, 0.6]) },
  {
    page: 'interpolate',
    mostKiB: 1200,
    use: (page) => page.locator('.ae-demo input[type=range]').first().fill('0.9'),
  },
];

/** Opens a demo's page, waits until it can be used, uses it, and says whether what it draws has changed. */
export async function driveDemo(
  browser: Browser,
  origin: string,
  { page: name, mostKiB, use }: DemoSpec,
): Promise<{ faults: string[]; text: string }> {
  const context = await browser.newContext({ viewport });
  const page = await newPage(context);
  try {
    const faults = watch(page, origin);
    const traffic = await measure(page);
    await noteReadiness(page);
    await page.goto(`${origin}/demos/${name}.html`);
    const [fault] = await settle(page);
    if (fault) throw new Error(fault);
    const ready = await page.evaluate(() => (globalThis as unknown as { readyAt: number }).readyAt);
    const kiB = traffic.bytes / 1024;
    const size = `${kiB.toFixed(0)} of ${mostKiB} KiB`;
    if (kiB > mostKiB) faults.push(`${kiB.toFixed(0)} KiB until it can be used, expected at most ${mostKiB}`);
    await page.locator('.ae-demo').scrollIntoViewIfNeeded();
    const before = await drawn(page);
    await use(page);
    const changed = await changes(page, before);
    if (!changed) faults.push('nothing that is drawn changes when it is used');
    return {
      faults: faults.map((fault) => `demos/${name}: ${fault}`),
      text: `demo ${name}: to be used after ${ready.toFixed(0)} ms and ${size}, ${changed ? 'answers' : 'does not answer'}`,
    };
  } finally {
    await context.close();
  }
}

/** Drags over the explorer for two seconds and counts the frames that the page draws meanwhile. */
export async function dragExplorer(browser: Browser, origin: string): Promise<{ fps: number; text: string }> {
  const context = await browser.newContext({ viewport });
  const page = await newPage(context);
  try {
    await page.goto(`${origin}/demos/latent-explorer.html`, { waitUntil: 'networkidle' });
    const [fault] = await settle(page);
    if (fault) throw new Error(fault);
    await page.locator('.plane').first().scrollIntoViewIfNeeded();
    const box = (await page.locator('.plane').first().boundingBox())!;
    const at = (angle: number) =>
      [
        box.x + box.width * (0.5 + 0.3 * Math.cos(angle)),
        box.y + box.height * (0.5 + 0.3 * Math.sin(angle)),
      ] as const;
    await page.mouse.move(...at(0));
    await page.mouse.down();
    const frames = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const start = performance.now();
          let count = 0;
          const frame = (now: number) => {
            if (now - start > 2000) resolve((1000 * count) / (now - start));
            else {
              count++;
              requestAnimationFrame(frame);
            }
          };
          requestAnimationFrame(frame);
        }),
    );
    let isOver = false;
    void frames.then(() => (isOver = true));
    for (let step = 1; !isOver; step++) await page.mouse.move(...at(step / 12));
    const fps = await frames;
    await page.mouse.up();
    return { fps, text: `dragging the explorer: ${fps.toFixed(0)} frames a second` };
  } finally {
    await context.close();
  }
}

/** Notes when the demo says that it can be used, by the page's own clock. */
async function noteReadiness(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const page = globalThis as unknown as { readyAt: number };
    const look = () => {
      if (document.querySelector('.demo [data-ready]')) page.readyAt = performance.now();
      else requestAnimationFrame(look);
    };
    look();
  });
}

async function drag(page: Page, target: string, from: [number, number], to: [number, number]): Promise<void> {
  const box = await page.locator(`.ae-demo ${target}`).first().boundingBox();
  if (!box) throw new Error(`Cannot drag over ${target}: it is not to be seen`);
  const place = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...place(from));
  await page.mouse.down();
  await page.mouse.move(...place(to), { steps: 10 });
  await page.mouse.up();
}

/** Everything that the demo draws: the pixels of its canvases and the markup of its SVGs. */
const drawn = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.ae-demo canvas, .ae-demo svg')]
      .map((view) => (view instanceof HTMLCanvasElement ? view.toDataURL() : view.outerHTML))
      .join('\n'),
  );

/** Whether what is drawn differs within a quarter of a minute. */
async function changes(page: Page, before: string): Promise<boolean> {
  for (const wait of [50, 200, 1000, 4000, 10_000]) {
    await page.waitForTimeout(wait);
    if ((await drawn(page)) !== before) return true;
  }
  return false;
}
