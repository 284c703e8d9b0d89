import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { HistoryRow } from '@ae/trainer';
import { readRegularFile } from '@ae/trainer/node';

import { RunFolderError, UsageError } from './exit-code.js';
import { findFault, type RunRecord } from './run-record.js';

/** The files of a run folder. */
export const runFiles = {
  record: 'run.json',
  history: 'history.jsonl',
  checkpoint: 'checkpoint.safetensors',
  best: 'best.safetensors',
  figures: 'figures',
  report: 'report.html',
} as const;

/** `runs/vae-2025-11-22-134500`, with a number behind it where that is taken. */
export function freshFolder(name: string, now: Date): string {
  const part = (value: number) => String(value).padStart(2, '0');
  const day = [now.getFullYear(), part(now.getMonth() + 1), part(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(part).join('');
  const folder = join('runs', `${name}-${day}-${time}`);
  let free = folder;
  for (let n = 2; existsSync(free); n++) free = `${folder}-${n}`;
  return free;
}

/** Whether a run was started in the folder. */
export const holdsRun = (folder: string): boolean => existsSync(join(folder, runFiles.record));

/** @throws UsageError where a new run would lie among what is there already */
export function checkFree(folder: string): void {
  if (folder === '')
    throw new UsageError('Cannot train into --out "": found no name, expected a new or empty folder');
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new UsageError(`Cannot train into --out ${folder}: it is a file, expected a new or empty folder`);
  // A start that was killed may have left the beginning of its record.
  const found = readdirSync(folder).filter((file) => file !== `${runFiles.record}.tmp`);
  if (found.includes(runFiles.record))
    throw new UsageError(
      `Cannot train into --out ${folder}: it holds a run, expected a new or empty folder; add --resume to go on with that run`,
    );
  if (found.length > 0)
    throw new UsageError(
      `Cannot train into --out ${folder}: it holds ${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}, expected a new or empty folder`,
    );
}

/**
 * Reads `run.json`.
 * @throws UsageError where there is no run
 * @throws RunFolderError where its record is damaged
 */
export async function readRun(folder: string): Promise<RunRecord> {
  if (!existsSync(folder))
    throw new UsageError(`Cannot open run ${folder}: no such folder, expected a run folder of \`ae train\``);
  const file = join(folder, runFiles.record);
  if (!existsSync(file))
    throw new UsageError(
      `Cannot open run ${folder}: no ${runFiles.record} in it, expected a run folder of \`ae train\``,
    );
  const text = (await readRegularFile(file)).toString('utf8');
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (cause) {
    throw new RunFolderError(`Cannot read ${file}: it is damaged, expected JSON`, { cause });
  }
  const fault = findFault(record);
  if (fault !== undefined) throw new RunFolderError(`Cannot read ${file}: ${fault}`);
  return record as RunRecord;
}

/**
 * Reads `history.jsonl`; no rows where there is none yet.
 * @throws RunFolderError naming the line that is no row of numbers
 */
export async function readHistory(folder: string): Promise<HistoryRow[]> {
  const file = join(folder, runFiles.history);
  if (!existsSync(file)) return [];
  const lines = (await readRegularFile(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line, i) => {
    try {
      return JSON.parse(line) as HistoryRow;
    } catch (cause) {
      throw new RunFolderError(`Cannot read ${file}: line ${i + 1} is damaged, expected a row of numbers`, {
        cause,
      });
    }
  });
}

/** Whether there is a checkpoint to go on from. */
export const hasCheckpoint = (folder: string): boolean => existsSync(join(folder, runFiles.checkpoint));

/**
 * The bytes of the weights that a run's numbers and figures are made of.
 * @throws UsageError where the run has not come so far
 */
export async function readBestWeights(folder: string): Promise<Uint8Array> {
  const file = join(folder, runFiles.best);
  if (!existsSync(file))
    throw new UsageError(
      `Cannot open run ${folder}: no ${runFiles.best} in it, expected a run that has finished an epoch; go on with \`ae train --out ${folder} --resume\``,
    );
  return readRegularFile(file);
}
