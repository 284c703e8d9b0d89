import type { Case } from './cases.js';
import type { Runner } from './runner.js';
import { restart } from './runners.js';

/** How fast one program trained one model. */
export interface Measurement {
  case: Case;
  backend: string;
  threads: number;
  /** The median of the repetitions; nothing where a step took too long to be measured. */
  imagesPerSecond?: number;
}

export interface MeasureOptions {
  repetitions: number;
  /** Of one repetition. */
  seconds: number;
  /** Seconds that building a model and its first step may take. */
  patience: number;
}

/** A first step beyond this is its own measurement. */
const SLOW = 5;

/**
 * Measures one model in every program. The programs take turns, so that what disturbs the machine for a while disturbs
 * all of them; the machine has nothing else to do while one of them runs.
 */
export async function measure(
  given: Case,
  runners: Runner[],
  { repetitions, seconds, patience }: MeasureOptions,
): Promise<{ measurements: Measurement[]; flops: number | undefined }> {
  const speeds: number[][] = runners.map(() => []);
  const quick = new Set<number>();
  let flops: number | undefined;
  for (const [i, runner] of runners.entries()) {
    const ready = await runner.ask<{ seconds: number; flops?: number }>(
      { do: 'prepare', ...given },
      patience,
    );
    flops = ready?.flops ?? flops;
    if (!ready) runners[i] = await restart(runner);
    else if (ready.seconds > SLOW) speeds[i]!.push(given.batch / ready.seconds);
    else quick.add(i);
  }
  for (let repetition = 0; repetition < repetitions; repetition++)
    for (const i of quick) {
      const answer = await runners[i]!.ask<{ imagesPerSecond: number }>({ do: 'measure', seconds }, patience);
      if (answer) speeds[i]!.push(answer.imagesPerSecond);
      else {
        runners[i] = await restart(runners[i]!);
        quick.delete(i);
      }
    }
  const measurements = runners.map(({ backend, threads }, i) => {
    const speed = median(speeds[i]!);
    return { case: given, backend, threads, ...(speed !== undefined && { imagesPerSecond: speed }) };
  });
  return { measurements, flops };
}

export function median(numbers: readonly number[]): number | undefined {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
