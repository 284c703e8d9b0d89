import type { Row } from '../row.js';
import { spoiltFiles } from '../spoilt-files.js';

const report = (run: string) => ['report', run];
const compare = (run: string) => ['compare', run, run];

export const row: Row = {
  promise:
    'A damaged or forged history.jsonl is refused with exit 65, or the run opens; nothing else happens',
  how: 'mutants of history.jsonl, opened by ae report and compare',
  times: { short: 150, whole: 10_000 },
  run: (context) => spoiltFiles(context, 'history.jsonl', [report, compare]),
};
