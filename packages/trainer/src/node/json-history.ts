import { join } from 'node:path';

import type { Callback, Run } from '../callback.js';
import { writeFileWhole } from './write-file.js';

/**
 * Keeps `history.jsonl` in the run folder: one row an epoch, as JSON; a number that is not finite is null. A resumed
 * run first goes back to the rows that its checkpoint knows.
 */
export function jsonHistory({ folder }: { folder: string }): Callback {
  const write = ({ history }: Run) =>
    writeFileWhole(join(folder, 'history.jsonl'), history.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return { name: 'json-history', onStart: write, onEpoch: write };
}
