import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { askedFor, isName } from './asked-data.js';
import { RunFolderError, UsageError } from '../errors.js';
import { checkDataDir, loadAsked, type LoadedData } from './load-data.js';
import type { Observer } from '../observer.js';
import type { DataRecord } from '../record/run-record.js';

/** Where a run's data are now, where they are not where they were. */
export interface MovedData {
  /** The data set's name or a folder, as for `ae train`. */
  data?: string | undefined;
  dataDir?: string | undefined;
}

/**
 * Loads the data set that a run was started with, from where it is now: any folder, packed or not, will do whose
 * checksum is that of the run. The same images are for validation as then.
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
  const { typed, dataDir } = placeOf(run, moved);
  const split = { validationCount: run.validation, validationSeed: run.validationSeed ?? null };
  const set = await loadAsked({ typed, dataDir, split }, observer, signal);
  if (set.checksum !== run.checksum)
    throw new RunFolderError(
      `Cannot go on with the run: ${set.source} has the SHA-256 ${set.checksum}, expected ${run.checksum} as when it was started; name where those data are by --data <folder>`,
    );
  const { dir: _, ...kept } = run;
  const isMoved = moved.data !== undefined || moved.dataDir !== undefined;
  const place = {
    asked: askedFor(typed),
    source: set.source,
    ...(dataDir !== undefined && { dir: resolve(dataDir) }),
  };
  return { set, record: isMoved ? { ...kept, ...place } : run };
}

function placeOf(
  run: DataRecord,
  { data, dataDir }: MovedData,
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
