import { basename, resolve } from 'node:path';

import { writeFileWhole } from '@ae/trainer/node';

import { UsageError } from './errors.js';
import { checkOutputFile } from './output-file.js';
import { readHistory, readRun } from './record/read-run.js';
import { freshName } from './record/run-folder.js';
import { comparison, comparisonNotes, type ComparedRun } from './report/comparison.js';
import { versions } from './versions.js';

/** What runs are beside each other. */
export interface Comparison {
  /** In the order that they were named in. */
  runs: (ComparedRun & { folder: string })[];
  /** Every metric that any of them has on the test images. */
  metrics: string[];
  /** What keeps their numbers from being compared as they stand. */
  notes: string[];
  /** The page with their curves over each other. */
  page: string;
}

/**
 * Puts runs side by side, and writes a page of them; no model is built, and no code of a run is run.
 * @param options.out the page's file @default `runs/compare-<time>.html`
 * @param options.force whether to write over a file that is no page
 * @throws UsageError for fewer than two runs, and where the page would take the place of something else
 */
export async function compareRuns(
  folders: readonly string[],
  { out, force }: { out?: string | undefined; force?: boolean | undefined } = {},
): Promise<Comparison> {
  if (folders.length < 2)
    throw new UsageError('Cannot compare: one run given, expected two or more run folders');
  if (out !== undefined) checkOutputFile(out, '.html', force);
  const runs = await Promise.all(folders.map(readWhole));
  const metrics = [...new Set(runs.flatMap(({ run }) => Object.keys(run.metrics?.test ?? {})))];
  const page = out ?? `${freshName('compare', new Date())}.html`;
  await writeFileWhole(page, comparison(runs, metrics, versions().ae));
  return { runs, metrics, notes: comparisonNotes(runs), page };
}

async function readWhole(folder: string): Promise<ComparedRun & { folder: string }> {
  const run = await readRun(folder);
  return { folder, name: basename(resolve(folder)), run, history: await readHistory(folder, run) };
}
