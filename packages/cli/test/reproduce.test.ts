import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { workplace } from './ae.js';

let place: Awaited<ReturnType<typeof workplace>>;
beforeAll(async () => {
  place = await workplace({ train: 60, test: 10 });
});
afterAll(() => place.remove());

describe('ae reproduce', () => {
  it('says how long it will take, trains eight runs, goes on where it was stopped, and ends with one page', async () => {
    const args = ['reproduce', '--data', 'tiny', '--epochs', '1', '--out', 'again'];
    const first = place.start(...args);
    await first.says('vae, recipe original');
    first.kill('SIGINT');
    const stopped = await first.ended;
    expect(stopped).toMatchObject({ code: 130, stdout: '' });
    const announced = stopped.stderr.indexOf('all together about');
    expect(announced).toBeGreaterThan(stopped.stderr.indexOf('model     recipe    epochs  about'));
    expect(stopped.stderr.indexOf('ae, recipe original')).toBeGreaterThan(announced);

    const { code, stdout, stderr } = await place.ae(...args, '--resume');
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^ae +original +1 +done$/m),
    });
    const lines = stdout.trim().split('\n');
    expect(lines.at(-1)).toBe('again/report.html');
    expect(lines[0]).toMatch(/^model +recipe +code +test loss +test mse +PCA mse +training$/);
    const names = ['ae', 'conv-ae', 'vae', 'conv-vae'].flatMap((name) => [
      `${name}-original`,
      `${name}-default`,
    ]);
    expect(lines.slice(1, -1).map((line) => line.split(/ +/).slice(0, 2).join('-'))).toEqual(names);
    expect(readdirSync(join(place.folder, 'again')).sort()).toEqual([...names, 'report.html'].sort());

    const page = readFileSync(join(place.folder, 'again', 'report.html'), 'utf8');
    // Of each run curves and reconstructions for two widths, scatter and interpolation; manifolds of the four codes
    // of two dimensions and of the origin's VAE, samples of the four VAEs.
    expect(page.match(/<svg /g)).toHaveLength(8 * 6 + 5 + 4);
    expect(page).toContain('MSE 0.0405');
  });
});
