import { sizeOf, widthOf, type DataFile, type Examples } from '@ae/data';
import type { Detector, Examined } from '@ae/evaluation';

import { UsageError } from './errors.js';
import type { Observer } from './observer.js';
import type { Run } from './open-run.js';
import { examplesLike, readLike } from './prepare/read-like.js';

/** New examples with what a run's detector says of them. */
export interface ScoredData extends Examined {
  examples: Examples;
  /** One an example: the columns, or the steps, with the largest shares of the score, the largest first; absent for pictures. */
  because?: string[][];
}

/**
 * What a run's detector says of the examples of a file or a folder, which are read as those of the run were.
 * @throws UsageError where the run is no detector, or the examples are of another shape
 * @throws DataError for broken files
 */
export async function scoreData(run: Run, path: string, observer: Observer = {}): Promise<ScoredData> {
  const detector = await detectorOf(run);
  return scored(detector, await readLike(run.record.data, path, observer), run);
}

/** The same of files that are at hand, such as lines that have come in. */
export async function scoreFiles(run: Run, what: string, files: readonly DataFile[]): Promise<ScoredData> {
  const detector = await detectorOf(run);
  return scored(detector, await examplesLike(run.record.data, what, files), run);
}

async function detectorOf(run: Run): Promise<Detector> {
  const detector = await run.detector();
  if (detector) return detector;
  throw new UsageError(
    `Cannot score with ${run.folder}: found a run that is no detector, expected one of \`ae detect\``,
  );
}

async function scored(detector: Detector, examples: Examples, run: Run): Promise<ScoredData> {
  const examined = await detector.examine(examples);
  const parts = partsOf(run);
  return { examples, ...examined, ...(parts && { because: reasons(examined.where, examples, parts) }) };
}

/** Names of the parts of an example that a score can come from, and how many values each has; nothing for pictures. */
function partsOf({ record: { data } }: Run): { name: string; values: number }[] | undefined {
  const { shape, fields } = data;
  if (shape.length === 1)
    return (
      fields?.map((field) => ({ name: field.name, values: widthOf([field]) })) ?? Array.from({ length: shape[0]! }, (_, i) => ({ name: `column ${i + 1}`, values: 1 }))
    );
  if (shape.length === 2)
    return Array.from({ length: shape[0]! }, (_, i) => ({ name: `step ${i + 1}`, values: shape[1]! }));
  return undefined;
}

const MOST_REASONS = 3;

function reasons(
  where: Float32Array,
  { count, shape }: Examples,
  parts: readonly { name: string; values: number }[],
): string[][] {
  const size = sizeOf(shape);
  return Array.from({ length: count }, (_, i) => {
    let at = i * size;
    const shares = parts.map(({ name, values }) => {
      const share = where.subarray(at, (at += values)).reduce((sum, value) => sum + value, 0);
      return { name, share };
    });
    return shares
      .sort((a, b) => b.share - a.share)
      .slice(0, MOST_REASONS)
      .filter(({ share }) => share > 0)
      .map(({ name }) => name);
  });
}
