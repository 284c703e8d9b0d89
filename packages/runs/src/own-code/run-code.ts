import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import * as data from '@ae/data';
import * as models from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { UsageError } from '../errors.js';
import { refuseExit } from './refuse-exit.js';
import type { Source } from './source.js';

/** Whatever own code imports of these is what this program runs on, because two copies are two engines. */
const ours: Record<string, unknown> = {
  '@tensorflow/tfjs': tf,
  '@tensorflow/tfjs-core': tf,
  '@tensorflow/tfjs-layers': tf,
  '@ae/data': data,
  '@ae/models': models,
};
const imports = /\b(?:from|import|require)\s*\(?\s*(['"])([^'".\n][^'"\n]*)\1/g;

/**
 * Runs a source and gives the default export of its entry: the one place in all packages where code runs that is not
 * theirs. Just the bytes of the source run, from a folder that nobody else writes to; packages are found from `places`.
 * @param name the source as errors tell it, such as `model "./mine.ts"`
 * @throws UsageError where it does not run
 */
export async function runCode(source: Source, name: string, places: readonly string[]): Promise<unknown> {
  refuseExit();
  const { createJiti } = await import('jiti');
  const folder = await mkdtemp(join(tmpdir(), 'ae-model-'));
  const alias = packagesOf(source, folder, places);
  try {
    for (const { path, text } of source.files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const jiti = createJiti(import.meta.url, {
      virtualModules: ours,
      alias,
      fsCache: false,
      moduleCache: false,
    });
    return await jiti.import(join(folder, source.entry), { default: true });
  } catch (cause) {
    throw failure(cause, { folder, name, places });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A package that is not installed leads to a place where nothing is, and not to one above the folder. */
const NOWHERE = 'not-installed:';

/** Where the packages are that the source imports, or seems to import. */
function packagesOf({ files }: Source, folder: string, places: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { text } of files)
    for (const [, , specifier] of text.matchAll(imports))
      if (!isBuiltin(specifier!) && !Object.hasOwn(ours, specifier!))
        found[specifier!] = resolved(specifier!, places) ?? `${folder}/${NOWHERE}${specifier}:`;
  return found;
}

function resolved(specifier: string, places: readonly string[]): string | undefined {
  for (const place of places)
    try {
      return createRequire(join(place, 'model.js')).resolve(specifier);
    } catch {
      // not from there
    }
  return undefined;
}

/** Says what went wrong in the author's words, and where: never with the folder in which it ran. */
function failure(
  cause: unknown,
  { folder, name, places }: { folder: string; name: string; places: readonly string[] },
): UsageError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const specifier = /not-installed:([^:]+):/.exec(said)?.[1];
  if (specifier !== undefined)
    return new UsageError(
      `Cannot load ${name}: it imports "${specifier}", which is not installed, expected it in a node_modules of ${places.join(' or ')}; run npm install there`,
    );
  const [message = ''] = said.replaceAll(`${folder}/`, '').split('\n');
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const inside = stack.slice(stack.indexOf(folder) + folder.length);
  const at = stack.includes(folder) ? /[^/\\\s(]+:\d+:\d+/.exec(inside)?.[0] : undefined;
  const place = at === undefined || message.includes(at) ? '' : ` (${at})`;
  return new UsageError(
    `Cannot load ${name}: ${message.replace(/\.$/, '') || 'it throws'}${place}, expected it to run`,
  );
}

/** Where a model's packages are looked for: beside its file and, for one that was carried here, where one works. */
export const placesOf = (file: string): string[] => [...new Set([dirname(file), process.cwd()])];
