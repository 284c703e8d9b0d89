import { measureBlas, whyNoRatio, type Blas } from './blas.js';
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
  /** Over the better of PyTorch's numbers of threads; nothing where PyTorch is not here, or `noRatio` says why not. */
  ratioToPyTorch: number | null;
  /** What that PyTorch multiplies with, and how fast; nothing where PyTorch is not here. */
  blas: Blas | null;
  /** Why there is no ratio although PyTorch is here. */
  noRatio: string | null;
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
  progress('product in PyTorch');
  const blas = await measureBlas(runners, peak, options);
  for (const given of cases) {
    progress(`${given.model}, recipe ${given.recipe}, batch ${given.batch}`);
    for (const threads of new Set(runners.map((runner) => runner.threads)))
      if (peak) peaks.set(threads, [...(peaks.get(threads) ?? []), peak(threads)]);
    const { measurements, flops } = await measure(given, runners, options);
    const found = rowsOf(measurements, blas);
    rows.push(...found);
    for (const [i, { backend, threads, imagesPerSecond }] of measurements.entries()) {
      const { ratioToPyTorch } = found[i]!;
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
        ...[ratioToPyTorch ? `${inDigits(ratioToPyTorch)}x` : '–', inPercent(share || undefined)],
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
      ...aboutBlas(blas, rows),
      ...table(head, lines),
    ],
  };
}

/** Measurements of one case as rows, each with its ratio to the faster PyTorch and with that one's BLAS. */
export function rowsOf(measurements: readonly Measurement[], blas: readonly Blas[]): Row[] {
  const [best] = measurements
    .filter(({ backend, imagesPerSecond }) => backend === 'pytorch' && imagesPerSecond)
    .sort((a, b) => b.imagesPerSecond! - a.imagesPerSecond!);
  const its = blas.find(({ threads }) => threads === best?.threads);
  const noRatio = its && whyNoRatio(its);
  return measurements.map(({ case: { model, recipe, batch }, backend, threads, imagesPerSecond }) => ({
    ...{ model, recipe, backend, threads, batch },
    imagesPerSecond: imagesPerSecond ?? null,
    ratioToPyTorch: best && imagesPerSecond && !noRatio ? imagesPerSecond / best.imagesPerSecond! : null,
    blas: its ?? null,
    noRatio: noRatio ?? null,
  }));
}

/** With what PyTorch multiplies, and why there are no ratios where there are none. */
export function aboutBlas(blas: readonly Blas[], rows: readonly Row[]): string[] {
  const reached = blas.map(
    ({ name, threads, gigaflops, peak }) =>
      `${name} on ${threads} ${threads === 1 ? 'thread' : 'threads'}: ${inDigits(gigaflops)} GFLOP/s${peak ? `, ${inPercent(gigaflops / peak)} of the peak` : ''}`,
  );
  const reasons = [...new Set(rows.flatMap(({ noRatio }) => noRatio ?? []))];
  return [
    ...(reached.length > 0 ? [`PyTorch multiplies with ${reached.join('; ')}.`] : []),
    ...reasons.map((reason) => `**No ratio to PyTorch** where ${reason}.`),
  ];
}
