import type { DataDefinition, DataSet } from '@ae/data';

import { RunFolderError, UsageError } from '../errors.js';
import { placesOf, runCode } from '../own-code/run-code.js';
import { readSource, type LocatedSource } from '../own-code/source.js';
import { isTrusted } from '../own-code/trust.js';

/**
 * Runs a file that defines data, and loads them: who names a file trusts it.
 * @throws UsageError where it does not run, or its default export is not what `defineData` makes
 */
export async function loadOwnData(
  file: string,
  request: { seed: number; signal?: AbortSignal | undefined },
): Promise<{ set: DataSet; source: LocatedSource }> {
  const source = await readSource(file);
  const found = (await runCode(source, `data "${file}"`, placesOf(file))) as
    Partial<DataDefinition> | undefined;
  if (typeof found?.name !== 'string' || typeof found.load !== 'function')
    throw new UsageError(
      `Cannot use data "${file}": its default export is ${found === undefined ? 'missing' : typeof found}, expected what defineData(…) returns`,
    );
  return { set: await found.load(request), source };
}

/**
 * Data of a run that are made by code are made again only by code that was trained with on this machine.
 * @throws RunFolderError where it was not
 */
export async function checkTrusted(file: string): Promise<void> {
  if (await isTrusted(await readSource(file))) return;
  throw new RunFolderError(
    `Cannot load the data of the run: they are made by ${file}, which is not what was trained with on this machine; read it, and then name it by --data ${file}`,
  );
}
