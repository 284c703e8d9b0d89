import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { workplace } from './ae.js';

let place: Awaited<ReturnType<typeof workplace>>;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

/** What the heap of JavaScript may grow by between two collections. */
const MIB_OF_NOISE = 24;

it('20,000 steps take no more memory than 2,000', async () => {
  const program = fileURLToPath(new URL('child/many-steps.ts', import.meta.url));
  const { code, stdout, stderr } = await place.startProgram(program).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [early, late] = JSON.parse(stdout) as { name: string; step: number; rss: number; tensors: number }[];
  expect([early!.step, late!.step]).toEqual([2000, 20_000]);
  expect(late!.tensors).toBe(early!.tensors);
  const grown = (late!.rss - early!.rss) / 2 ** 20;
  console.log(
    `${late!.name}: ${(early!.rss / 2 ** 20).toFixed(0)} MiB after 2,000 steps, ${grown.toFixed(1)} MiB more after 20,000`,
  );
  expect(grown).toBeLessThan(MIB_OF_NOISE);
});
