import { join } from 'node:path';

import type { Callback, Run } from '../callback.js';
import { HISTORY_FILE, historyLine } from './history-file.js';
import { writeFileWhole } from './write-file.js';

/**
 * Keeps `history.jsonl` in the run folder: one row an epoch, as JSON (`readHistory` reads it). A resumed run
 * first goes back to the rows that its checkpoint knows.
 */
export function jsonHistory({ folder }: { folder: string }): Callback {
  const write = ({ history }: Run) =>
    writeFileWhole(join(folder, HISTORY_FILE), history.map(historyLine).join(''));
  return { name: 'json-history', onStart: write, onEpoch: write };
}
