import { median, type MeasureOptions } from './measure.js';
import type { Runner } from './runner.js';
import { inDigits, inPercent, table } from './table.js';

/** Rows, shared side and columns: the hidden layer of `ae` at a large batch. */
const SIDES = [512, 784, 256];

/** One matrix product on every number of threads, as a share of the peak. */
export async function measureProduct(
  runners: Runner[],
  peak: ((threads: number) => number) | undefined,
  { repetitions, seconds }: MeasureOptions,
  progress: (text: string) => void,
): Promise<string[]> {
  progress(`product ${SIDES.join(' x ')}`);
  const lines: string[][] = [];
  for (const runner of runners.filter(({ backend }) =>
    ['native', 'tensorflow', 'pytorch'].includes(backend),
  )) {
    const [speeds, peaks]: number[][] = [[], []];
    for (let i = 0; i < repetitions; i++) {
      if (peak) peaks!.push(peak(runner.threads));
      const answer = await runner.ask<{ perSecond: number }>({ do: 'product', sides: SIDES, seconds }, 60);
      speeds!.push((answer!.perSecond * 2 * SIDES.reduce((a, b) => a * b)) / 1e9);
    }
    const speed = median(speeds!)!;
    lines.push([
      runner.backend,
      String(runner.threads),
      inDigits(speed),
      inPercent(peak && speed / median(peaks!)!),
    ]);
  }
  return [
    `\n## A product of ${SIDES.join(' x ')}\n`,
    ...table(['backend', 'threads', 'GFLOP/s', 'of peak'], lines),
  ];
}
