import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { dataSets, type DataSet } from '@ae/data-mnist';
import { loadAuto, loadDataSet, type AutoDataSet } from '@ae/data-mnist/node';

import { RunFolderError, UsageError } from './exit-code.js';
import { didYouMean } from './nearest.js';
import type { Output } from './output.js';
import { transferBar } from './progress-bar.js';
import { askedFor, type DataRecord } from './run-record.js';

/** A data set, and what `run.json` keeps of it. */
export interface LoadedData {
  set: DataSet;
  record: DataRecord;
}

/**
 * Loads what `--data` names, with a bar while it downloads or draws. `auto` is MNIST where it can be had and
 * otherwise `digits`, which is said.
 * @throws UsageError for what is neither a name nor a folder
 */
export async function loadData(
  typed: string,
  dataDir: string | undefined,
  output: Output,
): Promise<LoadedData> {
  const asked = askedFor(typed);
  const names = ['auto', ...Object.keys(dataSets), 'digits'];
  if (!names.includes(asked) && !existsSync(asked))
    throw new UsageError(
      `Cannot use --data ${typed}: no such folder, expected one of ${names.join(', ')}, or a folder of IDX files${didYouMean(typed, names)}`,
    );
  if (dataDir !== undefined && !existsSync(dataDir))
    throw new UsageError(`Cannot use --data-dir ${dataDir}: no such folder`);
  const bar = transferBar(output);
  const options = { dir: dataDir, onProgress: bar.update };
  try {
    const set: AutoDataSet = await (asked === 'auto' ? loadAuto(options) : loadDataSet(asked, options));
    bar.stop();
    if (set.notice !== undefined) output.notice(set.notice);
    return {
      set,
      record: { asked, ...(dataDir !== undefined && { dir: resolve(dataDir) }), ...recordOf(set) },
    };
  } finally {
    bar.stop();
  }
}

/**
 * Loads the data set that a run was started with.
 * @throws RunFolderError where the data are not those any more
 */
export async function reloadData(
  run: DataRecord,
  dataDir: string | undefined,
  output: Output,
): Promise<LoadedData> {
  const dir = dataDir ?? (run.dir !== undefined && existsSync(run.dir) ? run.dir : undefined);
  const { set } = await loadData(run.asked === 'auto' ? run.name : run.asked, dir, output);
  if (set.checksum !== run.checksum)
    throw new RunFolderError(
      `Cannot go on with the run: ${set.source} has the SHA-256 ${set.checksum}, expected ${run.checksum} as when it was started`,
    );
  return { set, record: run };
}

const recordOf = ({ name, source, checksum, train, validation, test, notice }: AutoDataSet) => ({
  ...{ name, source, checksum },
  ...{ train: train.count, validation: validation.count, test: test.count },
  ...{ height: train.height, width: train.width },
  ...(notice !== undefined && { notice }),
});
