import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { DataError } from '../src/index.js';
import { loadAuto, loadDataSet } from '../src/node.js';

const dir = fileURLToPath(new URL('../../../../shared/data/mnist', import.meta.url));
const withMnist = existsSync(dir) ? describe : describe.skip;
if (withMnist === describe.skip) console.log('mnist.test.ts is skipped: there is no ../shared/data/mnist');

/** SHA-256 over the four unpacked files, by `zcat train-images*.gz train-labels*.gz t10k-images*.gz t10k-labels*.gz | sha256sum`. */
const checksum = 'b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a';

withMnist('the real MNIST', () => {
  test('is loaded from a folder, verified, and split as it should be', async () => {
    const mnist = await loadDataSet('mnist', { dir });
    expect(mnist).toMatchObject({ name: 'mnist', source: `mnist from ${dir}`, checksum });
    expect([mnist.train.count, mnist.validation.count, mnist.test.count]).toEqual([55_000, 5000, 10_000]);
    // The first training labels, as every introduction to MNIST shows them.
    expect(Array.from(mnist.train.labels.subarray(0, 10))).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    let sum = 0;
    for (const value of mnist.train.values.subarray(0, 5000 * 784)) sum += value;
    expect(sum / (5000 * 784 * 255)).toBeCloseTo(0.1307, 2);
  });

  test('is what `auto` takes from AE_DATA_DIR', async () => {
    process.env['AE_DATA_DIR'] = dir;
    const { name, notice } = await loadAuto();
    delete process.env['AE_DATA_DIR'];
    expect([name, notice]).toEqual(['mnist', undefined]);
  });

  test('can be loaded as a folder too', async () => {
    expect((await loadDataSet(dir)).checksum).toBe(checksum);
  });

  test('is not taken for fashion-mnist, though its files have the same names', async () => {
    const asked = loadDataSet('fashion-mnist', { dir, mirrors: [], cacheDir: '/dev/null/none' });
    await expect(asked).rejects.not.toBeInstanceOf(DataError);
  });
});
