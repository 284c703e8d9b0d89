import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Case } from './case.js';
import type { Truth, Verdict } from './judge.js';

/**
 * What TensorFlow.js makes of the cases as it comes. They run in processes of their own, because a wrong case may write
 * where it should not: after each, and after a crash, the next process goes on with the next case.
 */
export async function stockVerdicts(
  backend: string,
  cases: readonly Case[],
  truths: readonly (Truth | undefined)[],
): Promise<Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ae-gradients-'));
  const file = join(folder, 'truths.json');
  writeFileSync(file, JSON.stringify({ names: cases.map(({ op, name }) => `${op}/${name}`), truths }));
  const verdicts: Verdict[] = [];
  try {
    while (verdicts.length < cases.length) {
      const before = verdicts.length;
      await judgeOn(backend, file, before, (verdict) => verdicts.push(verdict));
      if (verdicts.length < cases.length && verdicts.at(-1)?.is === 'right')
        verdicts.push({ is: 'threw', because: 'the process ended' });
      else if (verdicts.length === before) verdicts.push({ is: 'threw', because: 'the process ended' });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return verdicts;
}

function judgeOn(
  backend: string,
  file: string,
  first: number,
  found: (verdict: Verdict) => void,
): Promise<void> {
  const script = fileURLToPath(new URL('judge-stock.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script, backend, file, String(first)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{"is"')) found(JSON.parse(line) as Verdict);
  });
  return new Promise((resolve) => child.once('close', () => resolve()));
}
