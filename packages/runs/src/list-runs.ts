import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { readRun } from './record/read-run.js';
import { holdsRun } from './record/run-folder.js';
import type { RunRecord } from './record/run-record.js';

/** A run as a list has it: its record, or why that cannot be read. */
export type ListedRun = { folder: string } & ({ record: RunRecord } | { fault: string });

/**
 * The runs that lie in a folder, the latest first; no code of theirs is run. A damaged one is listed with its fault.
 * @param root @default 'runs'
 */
export async function listRuns(root = 'runs'): Promise<ListedRun[]> {
  if (!existsSync(root)) return [];
  const folders = (await readdir(root)).map((name) => join(root, name)).filter(holdsRun);
  const listed = await Promise.all(
    folders.sort().map(async (folder): Promise<ListedRun> => {
      try {
        return { folder, record: await readRun(folder) };
      } catch (error) {
        return { folder, fault: (error as Error).message };
      }
    }),
  );
  return listed.sort((a, b) => startOf(b).localeCompare(startOf(a)));
}

const startOf = (listed: ListedRun): string => ('record' in listed ? listed.record.startedAt : '');
