import type { Case } from './cases.js';
import { measure, median, type Measurement, type MeasureOptions } from './measure.js';
import type { Runner } from './runner.js';
import { inDigits, inPercent, table } from './table.js';

/** A measurement as a row for machines. */
export interface Row {
  model: string;
  recipe: string;
  backend: string;
  threads: number;
  batch: number;
  imagesPerSecond: number | null;
  /** Over the better of PyTorch's numbers of threads; nothing where PyTorch is not here. */
  ratioToPyTorch: number | null;
}

type Peak = ((threads: number) => number) | undefined;

/** The four base models with both recipes in every program, and the share of the machine's peak. */
export async function compareBackends(
  cases: readonly Case[],
  runners: Runner[],
  peak: Peak,
  options: MeasureOptions,
  progress: (text: string) => void,
): Promise<{ rows: Row[]; page: string[] }> {
  const rows: Row[] = [];
  const lines: string[][] = [];
  const peaks = new Map<number, number[]>();
  for (const given of cases) {
    progress(`${given.model}, recipe ${given.recipe}, batch ${given.batch}`);
    for (const threads of new Set(runners.map((runner) => runner.threads)))
      if (peak) peaks.set(threads, [...(peaks.get(threads) ?? []), peak(threads)]);
    const { measurements, flops } = await measure(given, runners, options);
    const best = bestOfPyTorch(measurements);
    for (const measurement of measurements) {
      rows.push(rowOf(measurement, best));
      const { backend, threads, imagesPerSecond } = measurement;
      const gigaflops = flops && imagesPerSecond && (flops * imagesPerSecond) / 1e9;
      const share = gigaflops && peaks.has(threads) ? gigaflops / median(peaks.get(threads)!)! : undefined;
      lines.push([
        ...[
          given.model,
          given.recipe,
          String(given.batch),
          backend,
          String(threads),
          inDigits(imagesPerSecond),
        ],
        imagesPerSecond ? inDigits((1000 * given.batch) / imagesPerSecond) : 'too slow',
        ...[
          best && imagesPerSecond ? `${inDigits(imagesPerSecond / best)}x` : '–',
          inPercent(share || undefined),
        ],
      ]);
    }
  }
  const head = [
    'model',
    'recipe',
    'batch',
    'backend',
    'threads',
    'images/s',
    'ms a step',
    'to PyTorch',
    'of peak',
  ];
  return {
    rows,
    page: [
      '\n## Images per second\n',
      "The ratio is to the better of PyTorch's numbers of threads. The share of the peak counts the additions and",
      'multiplications of products and convolutions alone, on as many threads as the program has.',
      ...(peaks.size
        ? [
            `Peak measured: ${[...peaks].map(([threads, found]) => `${inDigits(median(found))} GFLOP/s on ${threads} ${threads === 1 ? 'thread' : 'threads'}`).join(', ')}.`,
          ]
        : []),
      ...table(head, lines),
    ],
  };
}

function bestOfPyTorch(measurements: Measurement[]): number | undefined {
  const speeds = measurements
    .filter(({ backend }) => backend === 'pytorch')
    .map(({ imagesPerSecond = 0 }) => imagesPerSecond);
  return Math.max(0, ...speeds) || undefined;
}

function rowOf(
  { case: { model, recipe, batch }, backend, threads, imagesPerSecond }: Measurement,
  best: number | undefined,
): Row {
  const ratioToPyTorch = best && imagesPerSecond ? imagesPerSecond / best : null;
  return { model, recipe, backend, threads, batch, imagesPerSecond: imagesPerSecond ?? null, ratioToPyTorch };
}
