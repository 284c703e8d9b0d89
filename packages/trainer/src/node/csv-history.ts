import { join } from 'node:path';

import type { Callback, Run } from '../callback.js';
import { writeFileWhole } from './write-file.js';

/**
 * Keeps `history.csv` in the run folder: a line of names, then one row an epoch, as `jsonHistory` does. A column that
 * a row lacks is empty.
 */
export function csvHistory({ folder }: { folder: string }): Callback {
  const write = ({ history }: Run) => {
    const columns = [...new Set(history.flatMap((row) => Object.keys(row)))];
    const rows = history.map((row) => columns.map((column) => row[column] ?? ''));
    const lines = [columns.map(quoted), ...rows].map((cells) => `${cells.join(',')}\n`);
    return writeFileWhole(join(folder, 'history.csv'), history.length === 0 ? '' : lines.join(''));
  };
  return { name: 'csv-history', onStart: write, onEpoch: write };
}

/** RFC 4180: a name with a comma, a quote or a line end stands in quotes, and quotes are doubled. */
const quoted = (name: string) => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
