import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

import * as models from '@ae/models';
import type { ModelDefinition } from '@ae/models';

import { RunFolderError, UsageError } from '../errors.js';
import type { Observer } from '../observer.js';
import { didYouMean } from '../did-you-mean.js';
import { readKeptSource, type KeptSource } from '../own-code/kept-source.js';
import { placesOf, runCode } from '../own-code/run-code.js';
import { readSource, type LocatedSource } from '../own-code/source.js';
import { isTrusted, type Trust } from '../own-code/trust.js';
import type { RunRecord } from '../record/run-record.js';

/** A model, and the source that it came from where it is a user's own. */
export interface FoundModel {
  definition: ModelDefinition;
  source?: LocatedSource;
}

/** Whether a model is named by its file: a user's own. */
export const isFile = (nameOrFile: string): boolean => /[./\\]/.test(nameOrFile);

/**
 * A model of the zoo by its name, or a user's own by the path of its file, which is run: who names a file trusts it.
 * @throws UsageError where there is no such name, no such file, or nothing in it that `defineModel` made
 */
export async function modelOf(nameOrFile: string): Promise<FoundModel> {
  const zoo: Record<string, ModelDefinition> = models.zoo as never;
  if (Object.hasOwn(zoo, nameOrFile)) return { definition: zoo[nameOrFile]! };
  if (!isFile(nameOrFile)) {
    const names = Object.keys(zoo);
    throw new UsageError(
      `Cannot find model "${nameOrFile}": expected one of ${names.join(', ')}, or a file such as ./my-model.ts${didYouMean(nameOrFile, names)}`,
    );
  }
  const file = resolve(nameOrFile);
  if (!existsSync(file) || statSync(file).isDirectory())
    throw new UsageError(
      `Cannot find model "${nameOrFile}": found ${existsSync(file) ? 'a folder' : 'no such file'}, expected a file whose default export is defineModel(…)`,
    );
  const source = await readSource(file);
  return {
    definition: checked(await runCode(source, `model "${nameOrFile}"`, placesOf(file)), nameOrFile),
    source,
  };
}

/**
 * The model that a run was made with. The source of a user's own is kept in the run folder, and is run only where it is
 * trusted.
 * @throws RunFolderError where it is not trusted, or not what the run was trained with
 */
export async function modelOfRun(
  { model, source: kept }: Pick<RunRecord, 'model' | 'source'>,
  folder: string,
  { trust = isTrusted }: { trust?: Trust | undefined },
  observer: Observer,
): Promise<FoundModel> {
  if (!kept) return modelOf(model);
  const source = await readKeptSource(folder, kept);
  if (!(await trust(source)))
    throw new RunFolderError(
      `Cannot run the code of ${folder}: found ${kept.files.map(({ path }) => path).join(', ')} with the SHA-256 ${kept.sha256}, expected a model that was trained with, or trusted, on this machine; read it, and then say \`ae trust ${folder}\``,
    );
  await tellChange(kept, observer);
  const definition = checked(
    await runCode(source, `model "${folder}: ${kept.entry}"`, placesOf(kept.from)),
    kept.entry,
  );
  return { definition, source: { ...source, file: kept.from } };
}

/** The file that a run was trained from may have been worked on since. */
async function tellChange({ from, sha256 }: KeptSource, observer: Observer): Promise<void> {
  if (!existsSync(from)) return;
  const now = await readSource(from).catch(() => undefined);
  if (now?.sha256 !== sha256)
    observer.notice?.(
      `${from} has changed since this run was trained with it: the source that the run keeps is used; --model ${from} takes the changed one`,
    );
}

function checked(found: unknown, file: string): ModelDefinition {
  const { name, defaults, recipes, build } = (found ?? {}) as Partial<ModelDefinition>;
  if (
    typeof name === 'string' &&
    typeof defaults === 'object' &&
    typeof recipes === 'object' &&
    typeof build === 'function'
  )
    return found as ModelDefinition;
  throw new UsageError(
    `Cannot use model "${file}": its default export is ${found === undefined ? 'missing' : typeof found}, expected what defineModel(…) returns`,
  );
}
