import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { DataSet } from '@ae/data';

import { askedFor, isCode, isName } from './asked-data.js';
import { RunFolderError, UsageError } from '../errors.js';
import { checkDataDir, given, loadAsked, type LoadedData } from './load-data.js';
import { checkTrusted } from './own-data-file.js';
import type { Observer } from '../observer.js';
import type { DataRecord } from '../record/run-record.js';

/** Where a run's data are now, where they are not where they were. */
export interface MovedData {
  /** The data set's name or a folder, as for `ae train`, or the data set itself. */
  data?: string | DataSet | undefined;
  dataDir?: string | undefined;
}

/**
 * Loads the data set that a run was started with, from where it is now: any folder, packed or not, will do whose
 * checksum is that of the run. The same examples are for validation as then.
 * @returns the data, and the run's record with the place where they were found
 * @throws UsageError where they are gone, and nothing says where to
 * @throws RunFolderError where they are not the same any more
 */
export async function reloadData(
  run: DataRecord,
  moved: MovedData,
  observer: Observer,
  signal?: AbortSignal,
): Promise<LoadedData> {
  if (typeof moved.data === 'object' || run.given) return givenAgain(run, moved.data);
  const { typed, dataDir } = placeOf(run, { ...moved, data: moved.data });
  if (isCode(typed) && moved.data === undefined) await checkTrusted(typed);
  const { set, source } = await loadAsked(
    {
      ...{
        typed,
        dataDir,
        own: run.read ?? {},
        validation: run.validationShare,
        normal: run.normal,
        seed: run.validationSeed ?? 1,
      },
      split: { validationCount: run.validation, validationSeed: run.validationSeed ?? null },
    },
    observer,
    signal,
  );
  checkSame(run, set, 'name where those data are by --data <folder>');
  const { dir: _, ...kept } = run;
  const isMoved = moved.data !== undefined || moved.dataDir !== undefined;
  const place = {
    asked: askedFor(typed),
    source: set.source,
    ...(dataDir !== undefined && { dir: resolve(dataDir) }),
  };
  return { set, record: isMoved ? { ...kept, ...place } : run, source };
}

/** A run that was started with a data set in memory goes on with the same one. */
function givenAgain(run: DataRecord, data: MovedData['data']): LoadedData {
  const remedy = 'give openRun() or trainRun() that data set as `data`';
  if (typeof data !== 'object')
    throw new UsageError(
      `Cannot find the data of the run: found ${data === undefined ? 'none' : JSON.stringify(data)}, expected the data set "${run.name}" with the SHA-256 ${run.checksum}, which was given in memory; ${remedy}`,
    );
  const { set } = given(data, { normal: run.normal });
  checkSame(run, set, remedy);
  for (const part of ['train', 'validation', 'test'] as const)
    if (set[part].count !== run[part])
      throw new RunFolderError(
        `Cannot go on with the run: found ${set[part].count} examples in ${part}, expected ${run[part]} as when it was started; split the data as then`,
      );
  return { set, record: run };
}

function checkSame(run: DataRecord, { source, checksum }: DataSet, remedy: string): void {
  if (checksum !== run.checksum)
    throw new RunFolderError(
      `Cannot go on with the run: ${source} has the SHA-256 ${checksum}, expected ${run.checksum} as when it was started; ${remedy}`,
    );
}

function placeOf(
  run: DataRecord,
  { data, dataDir }: MovedData & { data: string | undefined },
): { typed: string; dataDir?: string | undefined } {
  checkDataDir(dataDir);
  const then = run.asked === 'auto' ? run.name : run.asked;
  if (data !== undefined && data !== 'auto') {
    if (isName(data) && isName(then) && data !== then)
      throw new UsageError(
        `Cannot use --data ${data}: the run was started with ${then}, expected that name or a folder with the same files`,
      );
    return { typed: data, dataDir };
  }
  if (isName(then))
    return {
      typed: then,
      dataDir: dataDir ?? (run.dir !== undefined && existsSync(run.dir) ? run.dir : undefined),
    };
  if (dataDir !== undefined) {
    const inside = join(dataDir, run.name);
    return { typed: resolve(existsSync(inside) ? inside : dataDir) };
  }
  if (!existsSync(then))
    throw new UsageError(
      `Cannot find the data of the run: found nothing at ${then}, expected the files with the SHA-256 ${run.checksum}; name the folder where they are by --data <folder>`,
    );
  return { typed: then };
}
