import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import {
  checkDataSet,
  type DataSet,
  type Examples,
  type ValidationOptions,
  wordsFor,
} from '@ae/data';
import { holdsIdxFiles, loadAuto, loadDataSet } from '@ae/data-mnist/node';

import { askedFor, dataNames, isCode, isName } from './asked-data.js';
import { UsageError } from '../errors.js';
import { didYouMean } from '../did-you-mean.js';
import type { Observer } from '../observer.js';
import type { LocatedSource } from '../own-code/source.js';
import type { DataRecord } from '../record/run-record.js';
import { loadOwnData } from './own-data-file.js';
import { normalClasses, normalOnly } from './normal-classes.js';
import { recordOf } from './record-of-data.js';
import { ownOptionsIn, readOwnFiles, type OwnDataOptions } from './own-files.js';

/** A data set, and what `run.json` keeps of it. */
export interface LoadedData {
  set: RunData;
  record: DataRecord;
  /** The code that made it, where that is a user's own. */
  source?: LocatedSource | undefined;
}

/** What a run is made of: every part, the test's too. */
export interface RunData extends DataSet {
  test: Examples;
  /** One line for people, where another data set took the place of what was asked. */
  notice?: string;
}

/** What is typed about data. */
export interface DataChoice extends OwnDataOptions {
  /** A name, a file or a folder, or the data set itself. @default 'auto' */
  data?: string | DataSet | undefined;
  dataDir?: string | undefined;
  /** Share of the training examples that is kept for validation. @default the data set's own split */
  validation?: number | undefined;
  /**
   * The classes that belong, for a detector of what does not: only they are trained on and validated by. `guess` finds
   * them by their names or else by their number, and takes everything where there are no labels. @default all classes
   */
  normal?: readonly string[] | 'guess' | undefined;
  /** Draws the validation examples, but for a split that the data set defines. @default 1 */
  seed?: number | undefined;
}

/**
 * Loads what `data` names, or takes the data set that it is: a set by its name, files of one's own in any format, or what
 * a file of code defines. `auto` is MNIST where it can be had and otherwise `digits`, which is said.
 * @throws UsageError for what is none of these, for options that do not fit, and for a data set without a test part
 */
export async function loadData(
  { data: typed = 'auto', dataDir, validation, normal, seed = 1, ...choice }: DataChoice,
  observer: Observer,
  signal?: AbortSignal,
): Promise<LoadedData> {
  const own = ownOptionsIn(choice);
  if (typeof typed !== 'string') return given(typed, { dataDir, validation, normal, own }, observer);
  const asked = askedFor(typed);
  if (typed === '') throw new UsageError('Cannot use --data: found no name, expected a data set or a folder');
  if (isName(asked) && existsSync(asked))
    observer.notice?.(`${asked} is the data set of that name; for the folder here, say --data ./${asked}`);
  const split =
    validation !== undefined || !isName(asked)
      ? { validationSeed: seed, ...(validation !== undefined && { validationShare: validation }) }
      : {};
  const { set, ...found } = await loadAsked(
    { typed, dataDir, split, own, validation, normal, seed },
    observer,
    signal,
  );
  if (set.notice !== undefined) observer.notice?.(set.notice);
  if (validation === undefined && set.validationSeed !== undefined)
    observer.notice?.(
      `${set.validation.count} of the ${set.train.count + set.validation.count} training ${wordsFor(set.train.shape).many} are for validation, drawn by seed ${seed}; for another share, say --validation 0.1`,
    );
  const dir = dataDir !== undefined && isName(asked) ? { dir: resolve(dataDir) } : {};
  const share = validation === undefined ? {} : { validationShare: validation };
  return {
    set,
    record: {
      asked,
      ...dir,
      ...recordOf(set),
      ...share,
      ...(found.read && { read: found.read }),
      ...(found.normal && { normal: found.normal }),
    },
    source: found.source,
  };
}

/** A data set that is given as it stands. @throws UsageError where it has no test part, or is to be split again */
export function given(
  set: DataSet,
  {
    dataDir,
    validation,
    normal,
    own = {},
  }: Pick<DataChoice, 'dataDir' | 'validation' | 'normal'> & { own?: OwnDataOptions } = {},
  observer: Observer = {},
): LoadedData {
  const beside = Object.entries({ dataDir, validation, ...own }).find(([, value]) => value !== undefined);
  if (beside)
    throw new UsageError(
      `Cannot use the data set "${set.name}": found ${beside[0]} beside it, expected its parts as they are; splitExamples() makes others`,
    );
  checkDataSet(`Cannot use the data set "${set.name}"`, set);
  const { normal: belong, set: kept } = keptOf(set, normal, observer);
  const whole = withTest(kept);
  return {
    set: whole,
    record: { asked: set.name, given: true, ...recordOf(whole), ...(belong && { normal: belong }) },
  };
}

/** Where data are, and how they are to be read and split. */
export interface AskedData {
  typed: string;
  dataDir?: string | undefined;
  split: ValidationOptions;
  own: OwnDataOptions;
  /** Share of files of one's own that is kept for validation. */
  validation?: number | undefined;
  normal?: DataChoice['normal'];
  seed: number;
}

/** A data set, how its files were read, and the code that made it. */
export interface FoundData {
  set: RunData;
  read?: DataRecord['read'];
  source?: LocatedSource;
  normal?: string[] | undefined;
}

/** Loads a data set by what was typed, as it is to be read and split. */
export async function loadAsked(
  { typed, dataDir, split, own, validation, normal, seed }: AskedData,
  observer: Observer,
  signal?: AbortSignal,
): Promise<FoundData> {
  const asked = askedFor(typed);
  checkDataDir(dataDir);
  if (dataDir !== undefined && (asked === 'digits' || !isName(asked)))
    observer.notice?.(
      `--data-dir ${dataDir} is not looked at: ${asked === 'digits' ? 'digits are drawn' : '--data names where the data are'}`,
    );
  if (!isName(asked) && !existsSync(asked))
    throw new UsageError(
      `Cannot use --data ${typed}: found no such file or folder, expected one of ${dataNames.join(', ')}, a file or a folder of data, or a .ts file that defines data${didYouMean(typed, dataNames)}`,
    );
  const isPublished = isName(asked) || (await holdsIdxFiles(asked));
  if (!isPublished && !isCode(asked)) {
    const division = { validation, normal, seed };
    const { set, ...found } = await readOwnFiles(asked, own, division, observer, signal);
    return { set: withTest(set), ...found };
  }
  const [option] = Object.keys(own);
  if (option !== undefined)
    throw new UsageError(
      `Cannot use --data ${typed} with ${option}: found ${isCode(asked) ? 'code, which says itself what its data are' : 'a data set of known form'}, expected no options about how files are read`,
    );
  if (isCode(asked)) {
    const { set, source } = await loadOwnData(asked, { seed, signal });
    const kept = keptOf(set, normal, observer);
    return { ...kept, set: withTest(kept.set), source };
  }
  const options = { dir: dataDir, onProgress: observer.bytes?.bind(observer), signal, ...split };
  const set = await (asked === 'auto' ? loadAuto(options) : loadDataSet(asked, options));
  const kept = keptOf(set, normal, observer);
  return { ...kept, set: withTest(kept.set) };
}

/** Of parts that somebody has divided: only what belongs is left to train on, where that is asked for. */
function keptOf<Set extends DataSet>(set: Set, asked: DataChoice['normal'], observer: Observer) {
  if (asked === undefined || (asked === 'guess' && !set.train.labels)) return { set };
  const normal = normalClasses(set.train, asked, (text) => observer.notice?.(text));
  return { set: normalOnly(set, normal, false) as Set, normal };
}

/** @throws UsageError where there is nothing that a run could be measured on */
function withTest(set: DataSet): RunData {
  const { test } = set;
  if (test && test.count > 0) return { ...set, test };
  throw new UsageError(
    `Cannot use the data set "${set.name}": found no test part, expected one that a run is measured on; splitExamples() makes one, and --test 0.1`,
  );
}

/** @throws UsageError for a `--data-dir` that is no folder */
export function checkDataDir(dataDir: string | undefined): void {
  if (dataDir === undefined || (dataDir !== '' && existsSync(dataDir))) return;
  throw new UsageError(`Cannot use --data-dir ${dataDir || '""'}: no such folder`);
}
