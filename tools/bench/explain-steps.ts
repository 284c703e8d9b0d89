import type { Case } from './cases.js';
import type { Explanation } from './explain.js';
import type { MeasureOptions } from './measure.js';
import type { Runner } from './runner.js';
import { inDigits, inPercent, table } from './table.js';

/** Operations with less than this are not named. */
const LEAST_SHARE = 0.05;

/** Where the time of a step goes on native, on one thread. */
export async function explainSteps(
  cases: readonly Case[],
  runners: Runner[],
  { patience }: MeasureOptions,
  progress: (text: string) => void,
): Promise<string[]> {
  const runner = runners.find(({ backend, threads }) => backend === 'native' && threads === 1);
  if (!runner) return [];
  const lines: string[][] = [];
  for (const given of cases) {
    progress(`where the time goes in ${given.model}, recipe ${given.recipe}`);
    if (!(await runner.ask({ do: 'prepare', ...given }, patience))) continue;
    const found = await runner.ask<Explanation>({ do: 'explain' }, 2 * patience);
    if (!found) continue;
    const { step, forward, backward, update, overhead, operations } = found;
    const named = operations.filter(({ share }) => share >= LEAST_SHARE);
    lines.push([
      ...[given.model, given.recipe, inDigits(step)],
      ...[forward, backward, update, overhead].map((part) => inPercent(part / step)),
      named.map(({ name, calls, share }) => `${name} ${inPercent(share)} (${Math.round(calls)})`).join(', '),
    ]);
  }
  return [
    '\n## Where the time goes\n',
    'Native on one thread, at the batch of the recipe. Forward, backward and update are parts of the recorded step;',
    'overhead is what is left of the whole step: batches, JavaScript between the steps, and the losses. Operations are',
    'measured on the ordinary path, where none are joined: their share of the time in native code (and how many).',
    ...table(['model', 'recipe', 'ms', 'forward', 'backward', 'update', 'overhead', 'operations'], lines),
  ];
}
