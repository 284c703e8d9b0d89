import { createInterface } from 'node:readline';

import { fileOfBytes } from '@ae/data';
import { scoreFiles, type Run, type ScoredData } from '@ae/runs';

/**
 * Scores the lines of standard input as they come: the first names the columns, each other one is a row. What has come in
 * while the lines before were scored is scored together.
 * @throws DataError for a line that is no such row
 */
export async function followLines(
  run: Run,
  tell: (scored: ScoredData, isFirst: boolean) => void,
): Promise<void> {
  let head: string | undefined;
  let waiting: string[] = [];
  let isFirst = true;
  const answer = async () => {
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    const bytes = Buffer.from(`${[head, ...lines].join('\n')}\n`);
    tell(await scoreFiles(run, 'standard input', [fileOfBytes('standard-input.csv', bytes)]), isFirst);
    isFirst = false;
  };
  let last = Promise.resolve();
  let failed: unknown;
  const input = createInterface({ input: process.stdin });
  for await (const line of input) {
    if (failed) throw failed;
    if (line.trim() === '') continue;
    if (head === undefined) {
      head = line;
      continue;
    }
    waiting.push(line);
    last = last.then(answer).catch((error: unknown) => {
      failed ??= error;
      input.close();
    });
  }
  await last;
  if (failed) throw failed;
}
