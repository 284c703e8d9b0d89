import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { ValidationOptions } from '@ae/data';
import { loadAuto, loadDataSet, DataNotFoundError, type AutoDataSet } from '@ae/data-mnist/node';

import { askedFor, dataNames, isName } from './asked-data.js';
import { UsageError } from '../errors.js';
import { didYouMean } from '../did-you-mean.js';
import type { Observer } from '../observer.js';
import type { DataRecord } from '../record/run-record.js';

/** A data set, and what `run.json` keeps of it. */
export interface LoadedData {
  set: AutoDataSet;
  record: DataRecord;
}

/** What is typed about data. */
export interface DataChoice {
  /** A name or a folder. @default 'auto' */
  data?: string | undefined;
  dataDir?: string | undefined;
  /** Share of the training images that is kept for validation. @default the data set's own split */
  validation?: number | undefined;
  /** Draws the validation images, but for a split that the data set defines. @default 1 */
  seed?: number | undefined;
}

/**
 * Loads what `--data` names. `auto` is MNIST where it can be had and
 * otherwise `digits`, which is said.
 * @throws UsageError for what is neither a name nor a folder of IDX files
 */
export async function loadData(
  { data: typed = 'auto', dataDir, validation, seed = 1 }: DataChoice,
  observer: Observer,
  signal?: AbortSignal,
): Promise<LoadedData> {
  const asked = askedFor(typed);
  if (typed === '') throw new UsageError('Cannot use --data: found no name, expected a data set or a folder');
  if (isName(asked) && existsSync(asked))
    observer.notice?.(`${asked} is the data set of that name; for the folder here, say --data ./${asked}`);
  const split =
    validation !== undefined || !isName(asked)
      ? { validationSeed: seed, ...(validation !== undefined && { validationShare: validation }) }
      : {};
  const set = await loadAsked({ typed, dataDir, split }, observer, signal);
  if (set.notice !== undefined) observer.notice?.(set.notice);
  if (validation === undefined && set.validationSeed !== undefined)
    observer.notice?.(
      `${set.validation.count} of the ${set.train.count + set.validation.count} training images are for validation, drawn by seed ${seed}; for another share, say --validation 0.1`,
    );
  const dir = dataDir !== undefined && isName(asked) ? { dir: resolve(dataDir) } : {};
  const share = validation === undefined ? {} : { validationShare: validation };
  return { set, record: { asked, ...dir, ...recordOf(set), ...share } };
}

/** Loads a data set by what was typed, as it is to be split. */
export async function loadAsked(
  { typed, dataDir, split }: { typed: string; dataDir?: string | undefined; split: ValidationOptions },
  observer: Observer,
  signal?: AbortSignal,
): Promise<AutoDataSet> {
  const asked = askedFor(typed);
  checkDataDir(dataDir);
  if (dataDir !== undefined && (asked === 'digits' || !isName(asked)))
    observer.notice?.(
      `--data-dir ${dataDir} is not looked at: ${asked === 'digits' ? 'digits are drawn' : '--data names a folder itself'}`,
    );
  const options = { dir: dataDir, onProgress: observer.bytes?.bind(observer), signal, ...split };
  try {
    return await (asked === 'auto' ? loadAuto(options) : loadDataSet(asked, options));
  } catch (error) {
    if (!(error instanceof DataNotFoundError) || isName(asked)) throw error;
    const near = error.found === 'no such folder' ? didYouMean(typed, dataNames) : '';
    throw new UsageError(
      `Cannot use --data ${typed}: found ${error.found}, expected one of ${dataNames.join(', ')}, or a folder of IDX files${near}`,
    );
  }
}

/** @throws UsageError for a `--data-dir` that is no folder */
export function checkDataDir(dataDir: string | undefined): void {
  if (dataDir === undefined || (dataDir !== '' && existsSync(dataDir))) return;
  throw new UsageError(`Cannot use --data-dir ${dataDir || '""'}: no such folder`);
}

const recordOf = ({
  name,
  source,
  checksum,
  validationSeed,
  train,
  validation,
  test,
  notice,
}: AutoDataSet) => ({
  ...{ name, source, checksum },
  ...{ train: train.count, validation: validation.count, test: test.count },
  ...(validationSeed !== undefined && { validationSeed }),
  ...{ height: train.shape[0]!, width: train.shape[1]! },
  ...(notice !== undefined && { notice }),
});
