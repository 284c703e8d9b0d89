import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { decodeSafetensors, sha256, type SafetensorsFile } from '@ae/models';
import type { HistoryRow } from '@ae/trainer';
import { hasCheckpoint, readCheckpoint, readHistory as readRows, readRegularFile } from '@ae/trainer/node';

import { RunFolderError, UsageError } from '../errors.js';
import { holdsRun, runFiles } from './run-folder.js';
import { isBeingTrained } from './run-lock.js';
import { evaluationSchema, runRecordSchema, type RunRecord, type StoredRecord } from './run-record.js';
import { readSealed } from './sealed-json.js';

/**
 * What is known of a run: `run.json` and, where somebody has evaluated these weights, `evaluation.json`.
 * @throws UsageError where there is no run
 * @throws RunFolderError where one of the two is damaged
 */
export async function readRun(folder: string): Promise<RunRecord> {
  if (!existsSync(folder))
    throw new UsageError(`Cannot open run ${folder}: no such folder, expected a run folder of \`ae train\``);
  if (!holdsRun(folder))
    throw new UsageError(
      `Cannot open run ${folder}: no ${runFiles.record} in it, expected a run folder of \`ae train\``,
    );
  const record = await readSealed(join(folder, runFiles.record), runRecordSchema);
  return {
    ...(record as StoredRecord),
    ...(await evaluationOf(folder, record)),
    ...(await standingOf(folder, record)),
  };
}

async function evaluationOf(folder: string, { files, metrics }: Pick<StoredRecord, 'files' | 'metrics'>) {
  const path = join(folder, runFiles.evaluation);
  if (!existsSync(path)) return {};
  const { weights, test, pca, findings } = await readSealed(path, evaluationSchema);
  if (files !== undefined && files[runFiles.best] !== weights) return {}; // of weights that were trained on since
  return { pca, findings, metrics: { validation: {}, ...metrics, test } };
}

async function standingOf(folder: string, { status }: Pick<StoredRecord, 'status'>) {
  return status === 'running' && !(await isBeingTrained(folder)) ? { status: 'interrupted' as const } : {};
}

/**
 * Reads `history.jsonl`; no rows where there is none yet. While a run goes on, its checkpoint, which carries a checksum,
 * knows the same rows.
 * @throws RunFolderError where it is not what the run has left
 */
export async function readHistory(
  folder: string,
  { files }: Pick<RunRecord, 'files'> = {},
): Promise<HistoryRow[]> {
  try {
    const rows = await readRows(folder);
    const expected = files?.[runFiles.history];
    if (expected !== undefined) checkNamed(await readRegularFile(join(folder, runFiles.history)), expected);
    else if (hasCheckpoint(folder)) checkSame(rows, (await readCheckpoint(folder)).state.history);
    return rows;
  } catch (cause) {
    throw cause instanceof RangeError ? await damaged(folder, runFiles.history, cause) : cause;
  }
}

function checkSame(rows: readonly HistoryRow[], known: readonly HistoryRow[]): void {
  const other = rows.findIndex((row, i) => known[i] && JSON.stringify(row) !== JSON.stringify(known[i]));
  if (other >= 0)
    throw new RangeError(`found another row of epoch ${other + 1}, expected that of the checkpoint`);
}

/** A file of weights, and its bytes. */
export interface Weights extends SafetensorsFile {
  bytes: Uint8Array;
}

/**
 * The weights that a run's numbers and figures are made of.
 * @throws UsageError where the run has not come so far
 * @throws RunFolderError where they are not those that the run has left
 */
export async function readBestWeights(
  folder: string,
  { files }: Pick<RunRecord, 'files'> = {},
): Promise<Weights> {
  const file = join(folder, runFiles.best);
  if (!existsSync(file))
    throw new UsageError(
      `Cannot open run ${folder}: no ${runFiles.best} in it, expected a run that has finished an epoch; go on with \`ae train --out ${folder} --resume\``,
    );
  const bytes = await readRegularFile(file);
  try {
    checkNamed(bytes, files?.[runFiles.best]);
    return { ...decodeSafetensors(bytes), bytes };
  } catch (cause) {
    throw await damaged(folder, runFiles.best, cause);
  }
}

function checkNamed(bytes: Uint8Array, expected: string | undefined): void {
  if (expected === undefined) return;
  const found = sha256(bytes);
  if (found !== expected)
    throw new RangeError(`found the SHA-256 ${found}, expected ${expected} as ${runFiles.record} says`);
}

/** The SHA-256 of what a run has left, for its record once nothing changes it any more. */
export async function checksumsOf(folder: string): Promise<Record<string, string>> {
  const names = [runFiles.history, runFiles.checkpoint, runFiles.best].filter((name) =>
    existsSync(join(folder, name)),
  );
  const sums = names.map(async (name) => [name, sha256(await readRegularFile(join(folder, name)))] as const);
  return Object.fromEntries(await Promise.all(sums));
}

/**
 * Sees that the files of a run that is over are those that it has left.
 * @throws RunFolderError naming the first that is not
 */
export async function verifyFiles(folder: string, { files = {} }: Pick<RunRecord, 'files'>): Promise<void> {
  for (const [name, expected] of Object.entries(files))
    try {
      checkNamed(await readRegularFile(join(folder, name)), expected);
    } catch (cause) {
      throw await damaged(folder, name, cause);
    }
}

/** The error for a file that is not as it was written, with what of the run is whole. */
export async function damaged(folder: string, name: string, cause: unknown): Promise<RunFolderError> {
  const whole: string[] = [];
  for (const [file, read] of Object.entries(wholeIfRead))
    if (
      file !== name &&
      existsSync(join(folder, file)) &&
      (await read(folder).then(
        () => true,
        () => false,
      ))
    )
      whole.push(file);
  const rest =
    whole.length === 0
      ? 'nothing else of the run is whole'
      : `${whole.join(', ')} ${whole.length === 1 ? 'is' : 'are'} whole`;
  return new RunFolderError(`Cannot open run ${folder}: ${name} is damaged; ${rest}`, { cause });
}

const wholeIfRead: Record<string, (folder: string) => Promise<unknown>> = {
  [runFiles.record]: (folder) => readSealed(join(folder, runFiles.record), runRecordSchema),
  [runFiles.history]: readRows,
  [runFiles.best]: async (folder) => decodeSafetensors(await readRegularFile(join(folder, runFiles.best))),
  [runFiles.checkpoint]: async (folder) => {
    if (!hasCheckpoint(folder) || (await readCheckpoint(folder)).notice !== undefined)
      throw new RangeError('damaged');
  },
};
