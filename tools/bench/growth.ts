import { caseOf, type Case } from './cases.js';
import { measure, type MeasureOptions } from './measure.js';
import type { Runner } from './runner.js';
import { inDigits, table } from './table.js';

const BATCHES = [1, 10, 50, 100, 200, 500, 1000];
const WIDTHS = [32, 64, 128, 256, 512, 1024, 2048];

/** How the time of a step grows with the batch, the width of the hidden layer and the number of threads. */
export async function measureGrowth(
  runners: Runner[],
  options: MeasureOptions,
  progress: (text: string) => void,
): Promise<string[]> {
  const some = runners.filter(({ backend }) => backend === 'native' || backend === 'pytorch');
  const briefly = { ...options, repetitions: Math.min(3, options.repetitions), seconds: options.seconds / 2 };
  const grow = async (
    what: string,
    values: readonly number[],
    caseAt: (value: number) => Case,
  ): Promise<string[]> => {
    const lines: string[][] = [];
    for (const value of values) {
      progress(`${what} ${value}`);
      const { measurements } = await measure(caseAt(value), some, briefly);
      const batch = caseAt(value).batch;
      lines.push([
        String(value),
        ...measurements.map(({ imagesPerSecond }) =>
          inDigits(imagesPerSecond && (1000 * batch) / imagesPerSecond),
        ),
      ]);
    }
    return table([what, ...some.map(({ backend, threads }) => `${backend}, ${threads}`)], lines);
  };
  return [
    '\n## How a step grows\n',
    'Milliseconds of a step of `vae`, recipe `original`, by program and number of threads.',
    ...(await grow('batch', BATCHES, (batch) => caseOf('vae', 'original', { batch }))),
    'At a batch of 50, by the width of the hidden layers:',
    ...(await grow('width', WIDTHS, (width) => caseOf('vae', 'original', { changed: { hidden: [width] } }))),
  ];
}
