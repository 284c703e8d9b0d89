import type { Case } from './case.js';
import { judge, type Truth, truthOf, type Verdict } from './judge.js';
import { stockVerdicts } from './stock.js';

/** A case on every backend. */
export interface Row {
  op: string;
  name: string;
  /** By backend: what it is now, and what it was before anything was patched where that was asked for. */
  now: Record<string, Verdict>;
  stock: Record<string, Verdict>;
}

export interface SurveyOptions {
  backends: readonly string[];
  /** Judges TensorFlow.js as it comes too, in processes of their own. */
  withStock: boolean;
}

export async function survey(cases: readonly Case[], { backends, withStock }: SurveyOptions): Promise<Row[]> {
  const truths: (Truth | undefined)[] = [];
  const rows: Row[] = [];
  for (const given of cases) {
    const truth = await truthOf(given);
    truths.push(truth);
    const now: Row['now'] = {};
    for (const backend of backends) now[backend] = await judge(given, backend, truth);
    rows.push({ op: given.op, name: given.name, now, stock: {} });
  }
  if (withStock)
    for (const backend of backends) {
      const verdicts = await stockVerdicts(backend, cases, truths);
      rows.forEach((row, i) => (row.stock[backend] = verdicts[i]!));
    }
  return rows;
}
