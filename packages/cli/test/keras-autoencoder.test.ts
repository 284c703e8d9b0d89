import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { probeBackends } from '@ae/backend/node';
import { describe, expect, test } from '@jest/globals';

const native = (await probeBackends()).find(({ name }) => name === 'native');
if (!native?.works) console.warn(`Convolution and up-sampling on native skipped: ${native?.reason}`);

interface Trained {
  mse: number;
  notices: string[];
}

async function trained(backend: string, images: number, epochs: number): Promise<Trained> {
  const script = fileURLToPath(new URL('keras-autoencoder.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--conditions=@ae/source', '--import', import.meta.resolve('tsx')],
    ...[script, backend, String(images), String(epochs)],
  ]);
  return JSON.parse(stdout) as Trained;
}

/** Of squared pixels: what the mean image leaves of these digits is about 0.1. */
const LEARNT = 0.05;

describe('the convolutional autoencoder that pools and up-samples', () => {
  (native?.works ? test : test.skip)(
    'learns on native, in replayed steps, what it learns on wasm',
    async () => {
      const found = await trained('native', 3200, 2);
      const expected = await trained('wasm', 3200, 2);
      console.log(`after 200 steps: MSE ${found.mse} on native, ${expected.mse} on wasm`);
      expect(expected.mse).toBeLessThan(LEARNT);
      expect(Math.abs(found.mse / expected.mse - 1)).toBeLessThan(0.05);
      expect(found.notices).toEqual([]);
    },
    300_000,
  );

  test('takes the same step on cpu as on wasm', async () => {
    const [cpu, wasm] = [await trained('cpu', 32, 1), await trained('wasm', 32, 1)];
    expect(Math.abs(cpu.mse - wasm.mse)).toBeLessThan(1e-6);
  }, 300_000);
});
