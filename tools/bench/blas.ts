import { median, type MeasureOptions } from './measure.js';
import type { Runner } from './runner.js';

/** Rows, shared side and columns: the hidden layer of `ae` at a large batch. */
export const SIDES = [512, 784, 256];

/** With what a program of Python multiplies, and how fast. */
export interface Blas {
  /** As it says itself: the library, its version, the processor it takes this one for. */
  name: string;
  threads: number;
  /** Billions of additions and multiplications a second in a product of `SIDES`. */
  gigaflops: number;
  /** What the machine reaches on as many threads; nothing where that could not be measured. */
  peak?: number;
}

/** A product that is slower than this share of the peak is the fault of the library, not of PyTorch. */
const LEAST_SHARE = 0.5;

/** The BLAS of every program of PyTorch, once its product has been measured. */
export async function measureBlas(
  runners: readonly Runner[],
  peak: ((threads: number) => number) | undefined,
  options: MeasureOptions,
): Promise<Blas[]> {
  const found: Blas[] = [];
  for (const runner of runners.filter(({ backend }) => backend === 'pytorch'))
    found.push({
      name: runner.blas ?? 'an unknown BLAS',
      threads: runner.threads,
      ...(await measureSpeed(runner, peak, options)),
    });
  return found;
}

/** How fast a program multiplies, and the peak beside it, in turns. */
export async function measureSpeed(
  runner: Runner,
  peak: ((threads: number) => number) | undefined,
  { repetitions, seconds }: MeasureOptions,
): Promise<{ gigaflops: number; peak?: number }> {
  const [speeds, peaks]: [number[], number[]] = [[], []];
  for (let i = 0; i < repetitions; i++) {
    if (peak) peaks.push(peak(runner.threads));
    const answer = await runner.ask<{ perSecond: number }>({ do: 'product', sides: SIDES, seconds }, 60);
    if (!answer) throw new Error(`Cannot measure a product in ${runner.backend}: no answer in a minute`);
    speeds.push((answer.perSecond * 2 * SIDES.reduce((a, b) => a * b)) / 1e9);
  }
  const reached = median(peaks);
  return { gigaflops: median(speeds)!, ...(reached !== undefined && { peak: reached }) };
}

/** Why PyTorch's speed here says nothing about PyTorch; nothing where it does, or where the peak is not known. */
export function whyNoRatio({ name, threads, gigaflops, peak }: Blas): string | undefined {
  if (peak === undefined || gigaflops >= LEAST_SHARE * peak) return undefined;
  const on = `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return `${name} multiplies at ${gigaflops.toFixed(1)} of ${peak.toFixed(0)} GFLOP/s on ${on}, expected at least half; install OpenBLAS or MKL for Python`;
}
