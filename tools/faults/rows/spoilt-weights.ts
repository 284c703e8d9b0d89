import type { Row } from '../row.js';
import { spoiltFiles } from '../spoilt-files.js';

const evaluate = (run: string) => ['evaluate', run];

export const row: Row = {
  promise: 'Damaged or forged weights are refused with exit 65; they are never evaluated without a word',
  how: 'mutants of best.safetensors, opened by ae evaluate and reconstruct',
  times: { short: 150, whole: 10_000 },
  run: (context) => spoiltFiles(context, 'best.safetensors', [evaluate]),
};
