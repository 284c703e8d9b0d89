import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { workplace } from './ae.js';

const program = fileURLToPath(new URL('child/reproduce-two.ts', import.meta.url));
let place: Awaited<ReturnType<typeof workplace>>;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

describe('ae reproduce', () => {
  it('says how long it will take, trains, goes on where it was stopped, and ends with one page', async () => {
    const first = place.startProgram(program);
    await first.says('ae, recipe default');
    first.kill('SIGTERM');
    const stopped = await first.ended;
    expect(stopped).toMatchObject({ code: 143, stdout: '' });
    expect(stopped.stderr).toContain(
      'Stopped by SIGTERM; everything is saved; go on with: ae reproduce --out again --resume',
    );
    const [table, announced, training] = [
      'model  recipe    epochs  about',
      'all together about',
      'ae, recipe original',
    ].map((text) => stopped.stderr.indexOf(text));
    expect([table! >= 0, announced! > table!, training! > announced!]).toEqual([true, true, true]);

    const { code, stdout, stderr } = await place.startProgram(program, '--resume').ended;
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^ae +original +1 +done$/m),
    });
    const lines = stdout.trim().split('\n');
    expect(lines.at(-1)).toBe('again/report.html');
    expect(lines[0]).toMatch(/^model +recipe +code +test loss +test mse +PCA mse +training$/);
    const names = ['ae-original', 'ae-default', 'vae-original', 'vae-default'];
    expect(lines.slice(1, -1).map((line) => line.split(/ +/).slice(0, 2).join('-'))).toEqual(names);
    expect(readdirSync(join(place.folder, 'again')).sort()).toEqual([...names, 'report.html'].sort());

    const page = readFileSync(join(place.folder, 'again', 'report.html'), 'utf8');
    // Of each run at least curves and reconstructions for two widths, scatter, manifold and interpolation; samples of two VAEs.
    expect(page.match(/<svg /g)!.length).toBeGreaterThanOrEqual(4 * 7 + 2);
    expect(page).toContain('MSE 0.0405');
  });
});
