import type { Row } from '../row.js';
import { spoiltFiles } from '../spoilt-files.js';

const compare = (run: string) => ['compare', run, run];
const report = (run: string) => ['report', run];
const evaluate = (run: string) => ['evaluate', run];

export const row: Row = {
  promise: 'A damaged or forged run.json is refused with exit 65, or the run opens; nothing else happens',
  how: 'mutants of run.json, opened by ae compare, report and evaluate',
  times: { short: 150, whole: 10_000 },
  run: (context) => spoiltFiles(context, 'run.json', [compare, report, evaluate]),
};
