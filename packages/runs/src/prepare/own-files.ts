import { basename } from 'node:path';

import {
  dataSetOf,
  readData,
  wordsFor,
  type DataSet,
  type Examples,
  type ReadDataOptions,
  type ReadParts,
  type StopSignal,
} from '@ae/data';
import { decodeImage, filesAt } from '@ae/data/node';

import { UsageError } from '../errors.js';
import type { Observer } from '../observer.js';
import type { DataRecord } from '../record/run-record.js';
import { markedRows, normalClasses, normalOnly } from './normal-classes.js';
import { scaled, type ScalingName } from './scale-parts.js';

/** How files of one's own become a data set. */
export interface OwnDataOptions extends Omit<ReadDataOptions, 'format' | 'like'> {
  /** A name in `formats` of `@ae/data`. @default told by the names of the files */
  format?: string | undefined;
  /** Share of the examples kept for the test, where the files have no part for it. @default 0.1 */
  test?: number | undefined;
  /** What is fitted to the training part and done to all: `none` or a scaling of `@ae/data`. @default none for bytes, otherwise standardise; said */
  scale?: ScalingName | undefined;
  /** Rows of a series in an example; the parts are cut in the order of time. @default each row is an example */
  window?: number | undefined;
  /** Rows from the start of a window to that of the next. @default the length of a window, so that none overlap */
  stride?: number | undefined;
}

const optionNames = [
  ...['format', 'size', 'channels', 'fit', 'label', 'columns', 'key', 'missing', 'skipBroken'],
  ...['test', 'scale', 'window', 'stride'],
] as const satisfies readonly (keyof OwnDataOptions)[];

/** Those of some options that say how files are read, and were not left out. */
export const ownOptionsIn = (options: OwnDataOptions): OwnDataOptions =>
  Object.fromEntries(
    optionNames.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );

/** A data set of files, and how they were read. */
export interface OwnData {
  set: DataSet;
  /** Every option that was not left out, and the format that was found. */
  read: NonNullable<DataRecord['read']>;
  /** The classes that belong, where it was asked for. */
  normal?: string[];
}

/** How examples are divided. */
export interface Division {
  /** Share kept for validation. @default 0.1 */
  validation?: number | undefined;
  /** The classes that belong; only they are trained on, and the test has all others. `guess` finds them by their names. */
  normal?: readonly string[] | 'guess' | undefined;
  seed: number;
}

/**
 * Reads a file or a folder in whatever format it has, splits off the parts that it does not have, cuts windows, and
 * scales; each default that guesses is said.
 * @throws UsageError for options that the format does not take, and shares that leave nothing to train on
 * @throws DataError for broken files
 */
export async function readOwnFiles(
  path: string,
  options: OwnDataOptions,
  { validation, normal, seed }: Division,
  observer: Observer,
  signal?: StopSignal,
): Promise<OwnData> {
  const { test, scale, window, stride, ...reading } = options;
  const say = (text: string) => observer.notice?.(text);
  try {
    const { files } = await filesAt(path, { signal, notice: say });
    const { format, ...parts } = await readData(path, files, reading, {
      ...{ signal, decodeImage, notice: say },
      onProgress: (progress) => observer.bytes?.(progress),
    });
    const isSeries = window !== undefined;
    tellWhatWasRead(path, format, parts, observer);
    const belong =
      normal &&
      (normal !== 'guess' || labelled(parts)) &&
      normalClasses('all' in parts ? parts.all : parts.train, normal, say);
    const whole = dataSetOf(belong && isSeries ? marked(parts, belong) : parts, {
      ...{ name: basename(path).replace(/\.[^.]+$/, ''), source: path, seed, validation, test },
      ...(isSeries && { window: { length: window, stride: stride ?? window } }),
    });
    const kept = belong ? normalOnly(whole, belong, 'all' in parts) : whole;
    const set = scaled(kept, scale, say);
    return {
      set: { ...set, ...(!isSeries && { validationSeed: seed }) },
      read: { ...ownOptionsIn(options), format } as OwnData['read'],
      ...(belong && { normal: belong }),
    };
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof TypeError)
      throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

function tellWhatWasRead(path: string, format: string, parts: ReadParts, observer: Observer): void {
  const { shape }: Examples = 'all' in parts ? parts.all : parts.train;
  const counts =
    'all' in parts
      ? [parts.all.count]
      : [parts.train, parts.validation, parts.test].flatMap((part) => (part ? [part.count] : []));
  const { many, size } = wordsFor(shape);
  observer.notice?.(`${path}: read as ${format}, ${counts.join(' + ')} ${many} of ${size}`);
  const { skipped = [] } = parts;
  if (skipped.length > 0)
    observer.notice?.(
      `${skipped.length} left out as broken: ${skipped.slice(0, 5).join(', ')}${skipped.length > 5 ? ', …' : ''}`,
    );
}

/** Whether it can be told what belongs: a guess needs labels, a name is refused without them. */
const labelled = (parts: ReadParts): boolean =>
  ('all' in parts ? parts.all : parts.train).labels !== undefined;

function marked(parts: ReadParts, normal: readonly string[]): ReadParts {
  if ('all' in parts) return { ...parts, all: markedRows(parts.all, normal) };
  const { train, validation, test } = parts;
  return {
    ...parts,
    train: markedRows(train, normal),
    ...(validation && { validation: markedRows(validation, normal) }),
    ...(test && { test: markedRows(test, normal) }),
  };
}
