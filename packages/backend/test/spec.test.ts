import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, it } from '@jest/globals';

import { describeNative } from './native/agreement.js';

describeNative("TensorFlow.js's own specifications", () => {
  // Outside jest's sandbox, where they take 15 seconds instead of minutes.
  it('pass on native wherever they pass on cpu', async () => {
    const options = ['--conditions=@ae/source', '--import', 'tsx', 'test/spec/spec.ts'];
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, options, { cwd });
    expect(stdout).toContain('0 pass on cpu and not on native without a reason');
  }, 300_000);
});
