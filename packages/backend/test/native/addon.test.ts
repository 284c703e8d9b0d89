import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, it } from '@jest/globals';

import { describeNative } from './agreement.js';

describeNative('the compiled library', () => {
  // In a process of its own, which a step outside some array would end.
  it('answers whatever it is given with a result or a JavaScript error', () => {
    const program = fileURLToPath(new URL('fuzz-addon.ts', import.meta.url));
    const options = ['--conditions=@ae/source', '--import', 'tsx', program, '20000'];
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
    expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
    const [calls, refused] = stdout.match(/\d+/g)!.map(Number) as [number, number];
    expect(calls).toBe(20_000);
    expect(refused).toBeGreaterThan(calls / 4);
  });
});
