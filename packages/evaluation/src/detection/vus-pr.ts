import { marked, type Marks } from './marked.js';

/**
 * The volume under the surface of precision, recall and tolerance, for scores of the steps of a series: the area under the
 * precision–recall curve, averaged over buffers of 0 to `buffer` steps about each run of anomalies, within which a step that
 * is d away from the run counts √(1 − d/ℓ) as one of it; from 0 to 1 (Paparrizos, Boniol, Palpanas, Tsay, Elmore & Franklin,
 * "Volume under the surface: a new accuracy evaluation measure for time-series anomaly detection", VLDB 2022, section 4).
 * Recall counts the runs that are found at all, too. Every different score is a threshold.
 * @param scores one a step, in the order of time
 * @param isAnomaly one a step
 * @param options.buffer ℓ at most, in steps; half lies before a run and half behind it. Such as the period of the series
 * @throws TypeError where the lengths differ
 * @throws RangeError for NaN, where all steps are anomalies or none is, or for a buffer that is no whole number from 0
 */
export function vusPr(scores: ArrayLike<number>, isAnomaly: Marks, { buffer }: { buffer: number }): number {
  check(scores, isAnomaly, buffer);
  const marks = Float64Array.from({ length: scores.length }, (_, i) => (isAnomaly[i] ? 1 : 0));
  const order = Array.from(marks.keys()).sort((a, b) => scores[b]! - scores[a]!);
  let volume = 0;
  for (let width = 0; width <= buffer; width++)
    volume += areaUnder(scores, order, marks, widened(marks, width)) / (buffer + 1);
  return volume;
}

/** The marks with the buffer's slopes, and at most 1. */
function widened(marks: Float64Array, width: number): Float64Array {
  const wide = marks.slice();
  const half = Math.floor(width / 2);
  for (const { from, to } of runsOf(marks))
    for (let away = 1; away <= half; away++)
      for (const step of [from - away, to - 1 + away])
        if (step >= 0 && step < wide.length)
          wide[step] = Math.min(1, wide[step]! + Math.sqrt(1 - away / width));
  return wide;
}

/** Runs of steps that are not 0, from one step up to another. */
function runsOf(marks: Float64Array): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  marks.forEach((mark, step) => {
    if (mark === 0) return;
    if (runs.at(-1)?.to === step) runs.at(-1)!.to += 1;
    else runs.push({ from: step, to: step + 1 });
  });
  return runs;
}

/** Σ (recall gained) · precision, from the highest threshold to the lowest. */
function areaUnder(
  scores: ArrayLike<number>,
  order: readonly number[],
  marks: Float64Array,
  wide: Float64Array,
): number {
  const runs = runsOf(wide);
  const runOf = new Int32Array(wide.length).fill(-1);
  runs.forEach(({ from, to }, run) => runOf.fill(run, from, to));
  const positives = marks.reduce((sum, mark, i) => sum + (mark + wide[i]!) / 2, 0);
  const isFound = new Uint8Array(runs.length);
  let [found, hits, recallBefore, area] = [0, 0, 0, 0];
  order.forEach((step, i) => {
    hits += wide[step]!;
    const run = runOf[step]!;
    if (run >= 0 && !isFound[run]) found += isFound[run] = 1;
    if (i + 1 < order.length && scores[order[i + 1]!] === scores[step]) return; // the same threshold
    const recall = (Math.min(1, hits / positives) * found) / runs.length;
    area += (recall - recallBefore) * (hits / (i + 1));
    recallBefore = recall;
  });
  return area;
}

function check(scores: ArrayLike<number>, isAnomaly: Marks, buffer: number): void {
  const cannot = 'Cannot measure a VUS-PR';
  if (!Number.isSafeInteger(buffer) || buffer < 0)
    throw new RangeError(`${cannot}: found buffer ${buffer}, expected a whole number of steps from 0`);
  marked(cannot, scores, isAnomaly);
}
