import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { measureBlas, whyNoRatio, type Blas } from '../blas.js';
import { caseOf } from '../cases.js';
import { aboutBlas, rowsOf } from '../compare-backends.js';
import type { Measurement } from '../measure.js';
import type { Runner } from '../runner.js';

const given = caseOf('vae', 'original');
const measured = (backend: string, threads: number, imagesPerSecond?: number): Measurement => ({
  ...{ case: given, backend, threads },
  ...(imagesPerSecond !== undefined && { imagesPerSecond }),
});
const openblas: Blas = { name: 'OpenBLAS 0.3.21 for SkylakeX', threads: 1, gigaflops: 221, peak: 243 };
/** What Python has where no fast library is installed. */
const reference: Blas = { name: 'libblas.so.3', threads: 1, gigaflops: 4.5, peak: 243 };
const measurements = [
  measured('native', 2, 24_000),
  measured('cpu', 1),
  measured('pytorch', 1, 1000),
  measured('pytorch', 2, 500),
];

describe('a ratio to PyTorch', () => {
  it('is to the faster of its runs, and the row says what that one multiplies with', () => {
    const rows = rowsOf(measurements, [openblas, { ...openblas, threads: 2, gigaflops: 333, peak: 480 }]);
    expect(rows.map(({ ratioToPyTorch }) => ratioToPyTorch)).toEqual([24, null, 1, 0.5]);
    for (const { blas, noRatio } of rows) {
      expect(blas).toEqual(openblas);
      expect(noRatio).toBeNull();
    }
  });

  it('is refused in every row where its product is slower than half of the peak, with the reason', () => {
    const rows = rowsOf(measurements, [reference, { ...openblas, threads: 2 }]);
    for (const row of rows) {
      expect(row.ratioToPyTorch).toBeNull();
      expect(row.blas).toEqual(reference);
      expect(row.noRatio).toBe(
        'libblas.so.3 multiplies at 4.5 of 243 GFLOP/s on 1 thread, expected at least half; install OpenBLAS or MKL for Python',
      );
    }
    expect(aboutBlas([reference], rows)).toEqual([
      'PyTorch multiplies with libblas.so.3 on 1 thread: 4.5 GFLOP/s, 2 % of the peak.',
      `**No ratio to PyTorch** where ${whyNoRatio(reference)}.`,
    ]);
  });

  it('is given from half of the peak on, and where no peak could be measured', () => {
    expect(whyNoRatio({ ...reference, gigaflops: 121.5 })).toBeUndefined();
    expect(whyNoRatio({ ...reference, gigaflops: 121.4 })).toMatch(/at 121.4 of 243/);
    const { peak: _, ...unknown } = reference;
    expect(whyNoRatio(unknown)).toBeUndefined();
  });

  it('is not there where PyTorch is not', () => {
    const rows = rowsOf([measured('native', 1, 10)], []);
    expect(rows[0]).toMatchObject({ ratioToPyTorch: null, blas: null, noRatio: null });
    expect(aboutBlas([], rows)).toEqual([]);
  });
});

describe('the speed of a BLAS', () => {
  it('is the median of products of 512 x 784 x 256, in every program of PyTorch, the peak beside it', async () => {
    const speeds = [10, 1000, 20];
    const pytorch = {
      ...{ backend: 'pytorch', threads: 2, description: '', blas: 'OpenBLAS' },
      ask: async () => ({ perSecond: speeds.pop()! }),
    } as unknown as Runner;
    const native = { backend: 'native' } as Runner;
    const options = { repetitions: 3, seconds: 0, patience: 1 };
    expect(await measureBlas([native, pytorch], (threads) => 100 * threads, options)).toEqual([
      { name: 'OpenBLAS', threads: 2, gigaflops: (20 * 2 * 512 * 784 * 256) / 1e9, peak: 200 },
    ]);
  });

  it('comes with the name that the loaded library has, from Python itself', () => {
    const program = fileURLToPath(new URL('../torch_steps.py', import.meta.url));
    const { stdout } = spawnSync('/usr/bin/python3', [program, '1'], { input: '', encoding: 'utf8' });
    const hello = stdout && (JSON.parse(stdout) as { blas?: string; missing?: string });
    if (!hello || hello.missing) return console.log('no BLAS is asked for its name: PyTorch is not here');
    expect(hello.blas).toMatch(/\w/);
  });
});
