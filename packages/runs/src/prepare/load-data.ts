import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { checkDataSet, type DataSet, type Examples, unitOf, type ValidationOptions, wordsFor } from '@ae/data';
import { loadAuto, loadDataSet, DataNotFoundError } from '@ae/data-mnist/node';

import { askedFor, dataNames, isName } from './asked-data.js';
import { UsageError } from '../errors.js';
import { didYouMean } from '../did-you-mean.js';
import type { Observer } from '../observer.js';
import type { DataRecord } from '../record/run-record.js';

/** A data set, and what `run.json` keeps of it. */
export interface LoadedData {
  set: RunData;
  record: DataRecord;
}

/** What a run is made of: every part, the test's too. */
export interface RunData extends DataSet {
  test: Examples;
  /** One line for people, where another data set took the place of what was asked. */
  notice?: string;
}

/** What is typed about data. */
export interface DataChoice {
  /** A name, a folder, or the data set itself. @default 'auto' */
  data?: string | DataSet | undefined;
  dataDir?: string | undefined;
  /** Share of the training examples that is kept for validation. @default the data set's own split */
  validation?: number | undefined;
  /** Draws the validation examples, but for a split that the data set defines. @default 1 */
  seed?: number | undefined;
}

/**
 * Loads what `data` names, or takes the data set that it is. `auto` is MNIST where it can be had and otherwise `digits`,
 * which is said.
 * @throws UsageError for what is neither a name nor a folder of IDX files, and for a data set without a test part
 */
export async function loadData(
  { data: typed = 'auto', dataDir, validation, seed = 1 }: DataChoice,
  observer: Observer,
  signal?: AbortSignal,
): Promise<LoadedData> {
  if (typeof typed !== 'string') return given(typed, { dataDir, validation });
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
      `${set.validation.count} of the ${set.train.count + set.validation.count} training ${wordsFor(set.train.shape).many} are for validation, drawn by seed ${seed}; for another share, say --validation 0.1`,
    );
  const dir = dataDir !== undefined && isName(asked) ? { dir: resolve(dataDir) } : {};
  const share = validation === undefined ? {} : { validationShare: validation };
  return { set, record: { asked, ...dir, ...recordOf(set), ...share } };
}

/** A data set that is given as it stands. @throws UsageError where it has no test part, or is to be split again */
export function given(
  set: DataSet,
  { dataDir, validation }: Pick<DataChoice, 'dataDir' | 'validation'> = {},
): LoadedData {
  if (dataDir !== undefined || validation !== undefined)
    throw new UsageError(
      `Cannot use the data set "${set.name}": found ${dataDir === undefined ? 'validation' : 'dataDir'} beside it, expected its parts as they are; splitExamples() makes others`,
    );
  const { test } = set;
  if (!test || test.count === 0)
    throw new UsageError(
      `Cannot use the data set "${set.name}": found no test part, expected one that a run is measured on; splitExamples() makes one`,
    );
  checkDataSet(`Cannot use the data set "${set.name}"`, set);
  return { set: { ...set, test }, record: { asked: set.name, given: true, ...recordOf({ ...set, test }) } };
}

/** Loads a data set by what was typed, as it is to be split. */
export async function loadAsked(
  { typed, dataDir, split }: { typed: string; dataDir?: string | undefined; split: ValidationOptions },
  observer: Observer,
  signal?: AbortSignal,
): Promise<RunData> {
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

const recordOf = (set: RunData): Omit<DataRecord, 'asked'> => {
  const { name, source, checksum, validationSeed, train, validation, test, notice } = set;
  const { values, shape, classes, scaling } = train;
  const type = unitOf(values) === 1 ? 'float32' : 'uint8';
  return {
    ...{ name, source, checksum },
    ...{ train: train.count, validation: validation.count, test: test.count },
    ...(validationSeed !== undefined && { validationSeed }),
    ...{ shape: [...shape], type },
    ...(classes && { classes: [...classes] }),
    ...(scaling && { scaling: { ...scaling, offset: [...scaling.offset], scale: [...scaling.scale] } }),
    ...(notice !== undefined && { notice }),
  };
};
