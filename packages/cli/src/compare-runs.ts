import { basename, resolve } from 'node:path';

import type { HistoryRow } from '@ae/trainer';
import { writeFileWhole } from '@ae/trainer/node';

import { UsageError } from './exit-code.js';
import type { Output } from './output.js';
import { comparison, comparisonNotes, type ComparedRun } from './report/comparison.js';
import { formatMetric, formatSeconds } from './report/numbers.js';
import { checkOutputFile } from './output-file.js';
import { readHistory, readRun } from './read-run.js';
import { freshName } from './run-folder.js';
import { textTable } from './text-table.js';
import { versions } from './versions.js';

/** `ae compare`: a table of runs on the terminal, and a page with their curves over each other. */
export async function compareRuns(
  folders: readonly string[],
  { out, force }: { out?: string; force?: boolean },
  output: Output,
): Promise<void> {
  if (folders.length < 2)
    throw new UsageError('Cannot compare: one run given, expected two or more run folders');
  if (out !== undefined) checkOutputFile(out, '.html', force);
  const runs = await Promise.all(folders.map(openRun));
  const names = [...new Set(runs.flatMap(({ run }) => Object.keys(run.metrics?.test ?? {})))];
  const path = out ?? `${freshName('compare', new Date())}.html`;
  await writeFileWhole(path, comparison(runs, names, versions().ae));
  const rows = runs.map(({ name, run }) => [
    name,
    run.model,
    run.recipe,
    run.data.name,
    `${run.epochsDone ?? 0}`,
    ...names.map((metric) => formatMetric(metric, run.metrics?.test[metric])),
    run.seconds === undefined ? '–' : formatSeconds(run.seconds),
  ]);
  const header = [
    'run',
    'model',
    'recipe',
    'data',
    'epochs',
    ...names.map((name) => `test ${name}`),
    'training',
  ];
  comparisonNotes(runs).forEach(output.notice);
  output.result(`${textTable(header, rows)}\n${path}`, {
    page: path,
    runs: runs.map(({ folder, run }) => ({ run: folder, ...run })),
  });
}

async function openRun(folder: string): Promise<ComparedRun & { folder: string }> {
  const run = await readRun(folder);
  const history: HistoryRow[] = await readHistory(folder, run);
  return { folder, name: basename(resolve(folder)), run, history };
}
