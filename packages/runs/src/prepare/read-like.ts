import { formats, readData, wordsFor, applyScaling, windows, type DataFile, type Examples, type ReadDataOptions } from '@ae/data';
import { decodeImage, filesAt } from '@ae/data/node';

import { UsageError } from '../errors.js';
import type { Observer } from '../observer.js';
import type { DataRecord } from '../record/run-record.js';

/**
 * Reads new examples as those of a run were read: the same columns by their names, the same categories, the size of its
 * pictures, the length of its windows, its scaling. Labels may be there or not.
 * @throws UsageError for examples of another shape
 * @throws DataError for broken files
 */
export async function readLike(
  run: DataRecord,
  path: string,
  observer: Observer = {},
  signal?: AbortSignal,
): Promise<Examples> {
  const notice = (text: string) => observer.notice?.(text);
  const { files } = await filesAt(path, { signal, notice });
  return examplesLike(run, path, files, observer, signal);
}

/** The same, of files that are at hand. */
export async function examplesLike(
  run: DataRecord,
  path: string,
  files: readonly DataFile[],
  observer: Observer = {},
  signal?: AbortSignal,
): Promise<Examples> {
  try {
    const parts = await readData(path, files, optionsLike(run, files), {
      ...{ signal, decodeImage, notice: (text: string) => observer.detail?.(text) },
      onProgress: (progress) => observer.bytes?.(progress),
    });
    if (!('all' in parts))
      observer.notice?.(`${path} has parts of its own: its test part is taken, or else what there is to train on`);
    const whole = 'all' in parts ? parts.all : (parts.test ?? parts.train);
    const { window: length, stride } = run.read ?? {};
    const cut = length === undefined ? whole : windows(whole, { length, stride: stride ?? length });
    if (`${cut.shape}` !== `${run.shape}`)
      throw new UsageError(
        `Cannot take ${path}: found ${wordsFor(cut.shape).many} of ${wordsFor(cut.shape).size}, expected ${wordsFor(run.shape).size} as the run was trained on`,
      );
    return run.scaling ? applyScaling(cut, run.scaling) : cut;
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof TypeError)
      throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

/** Those of the run's options that the format of the new files takes; an archive is of pictures as a rule. */
function optionsLike({ shape, fields, read = { format: '' } }: DataRecord, files: readonly DataFile[]): ReadDataOptions {
  const names = files.map(({ name }) => name);
  const format = Object.values(formats).find(({ accepts }) => accepts(names));
  const takes: readonly string[] = format && 'takes' in format ? format.takes : ['size', 'channels', 'fit'];
  const [height, width, channels] = shape;
  const wanted: ReadDataOptions = {
    ...(shape.length === 3 && {
      size: [height!, width!] as const,
      channels: channels as 1 | 3,
      ...(read.fit && { fit: read.fit }),
    }),
    ...(fields && { like: { fields } }),
    ...(read.label !== undefined && { label: read.label }),
    ...(read.key !== undefined && { key: read.key }),
    ...(read.missing !== undefined && { missing: read.missing }),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => takes.includes(name)));
}
