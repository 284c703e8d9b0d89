import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { probeBackends } from '@ae/backend/node';
import { describe, expect, test } from '@jest/globals';

const TOLERANCE = 1e-4; // relative, of every gradient norm and every loss
const shared = new URL('../../../../shared/', import.meta.url);
const present =
  existsSync(new URL('reference/parity.json', shared)) && existsSync(new URL('data/mnist', shared));
if (!present)
  console.warn('Parity with PyTorch skipped: found no ../shared/reference and ../shared/data/mnist');
const native = (await probeBackends()).find(({ name }) => name === 'native');
if (!native?.works) console.warn(`Parity on native skipped: ${native?.reason}`);

const cases = ['cpu', 'wasm', ...(native?.works ? ['native'] : [])].flatMap((backend) =>
  ['ae', 'conv-ae', 'vae', 'conv-vae']
    .filter((name) => !(backend === 'cpu' && name === 'conv-vae')) // 24 million weights in plain loops
    .map((name) => [backend, name] as const),
);

describe.each(cases)('on %s the original %s', (backend, name) => {
  (present ? test : test.skip)(
    'has the gradients and the losses of PyTorch',
    async () => {
      const script = fileURLToPath(new URL('parity-errors.ts', import.meta.url));
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...['--conditions=@ae/source', '--import', import.meta.resolve('tsx')],
        ...[script, backend, name],
      ]);
      const { gradientErrors, lossErrors } = JSON.parse(stdout) as Record<string, number[]>;
      const worst = (errors: number[]) => Math.max(...errors).toExponential(1);
      console.log(
        `${name} on ${backend}: ${gradientErrors!.length} gradient norms within ${worst(gradientErrors!)}, ${lossErrors!.length} losses within ${worst(lossErrors!)}`,
      );
      expect(gradientErrors!.length).toBeGreaterThan(7);
      expect(lossErrors!.length).toBeGreaterThan(2);
      for (const error of [...gradientErrors!, ...lossErrors!]) expect(error).toBeLessThan(TOLERANCE);
    },
    240_000,
  );
});
