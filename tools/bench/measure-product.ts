import { measureSpeed, SIDES } from './blas.js';
import type { MeasureOptions } from './measure.js';
import type { Runner } from './runner.js';
import { inDigits, inPercent, table } from './table.js';

/** One matrix product on every number of threads, as a share of the peak. */
export async function measureProduct(
  runners: Runner[],
  peak: ((threads: number) => number) | undefined,
  options: MeasureOptions,
  progress: (text: string) => void,
): Promise<string[]> {
  progress(`product ${SIDES.join(' x ')}`);
  const lines: string[][] = [];
  for (const runner of runners.filter(({ backend }) =>
    ['native', 'tensorflow', 'pytorch'].includes(backend),
  )) {
    const { gigaflops, peak: reached } = await measureSpeed(runner, peak, options);
    lines.push([
      runner.backend,
      String(runner.threads),
      inDigits(gigaflops),
      inPercent(reached && gigaflops / reached),
    ]);
  }
  return [
    `\n## A product of ${SIDES.join(' x ')}\n`,
    ...table(['backend', 'threads', 'GFLOP/s', 'of peak'], lines),
  ];
}
