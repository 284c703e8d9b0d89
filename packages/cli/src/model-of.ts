import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import * as models from '@ae/models';
import type { ModelDefinition } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { UsageError } from './exit-code.js';
import { didYouMean } from './nearest.js';
import { refuseExit } from './refuse-exit.js';
import type { RunRecord } from './run-record.js';

/** A model, and the file that it came from where it is a user's own. */
export interface FoundModel {
  definition: ModelDefinition;
  /** Absolute. */
  file?: string;
}

/**
 * A model of the zoo by its name, or a user's own by the path of its file.
 * @throws UsageError where there is no such name, no such file, or nothing in it that `defineModel` made
 */
export async function modelOf(nameOrFile: string): Promise<FoundModel> {
  const zoo: Record<string, ModelDefinition> = models.zoo as never;
  if (Object.hasOwn(zoo, nameOrFile)) return { definition: zoo[nameOrFile]! };
  if (!/[./\\]/.test(nameOrFile)) {
    const names = Object.keys(zoo);
    throw new UsageError(
      `Cannot find model "${nameOrFile}": expected one of ${names.join(', ')}, or a file such as ./my-model.ts${didYouMean(nameOrFile, names)}`,
    );
  }
  const file = resolve(nameOrFile);
  if (!existsSync(file))
    throw new UsageError(
      `Cannot find model "${nameOrFile}": no such file, expected one whose default export is defineModel(…)`,
    );
  return { definition: checked(await importModel(file), nameOrFile), file };
}

/** The model that a run was made with. */
export const modelOfRun = ({ model, modelFile }: RunRecord, folder: string): Promise<FoundModel> =>
  modelOf(modelFile === undefined ? model : resolve(folder, modelFile));

/**
 * Runs a TypeScript file. Whatever it imports of TensorFlow.js and of this project is what this program runs on,
 * because two copies are two engines; anything else is found from the file's own place.
 */
async function importModel(file: string): Promise<unknown> {
  refuseExit();
  const { createJiti } = await import('jiti');
  const jiti = createJiti(import.meta.url, {
    virtualModules: {
      '@tensorflow/tfjs': tf,
      '@tensorflow/tfjs-core': tf,
      '@tensorflow/tfjs-layers': tf,
      '@ae/models': models,
    },
    fsCache: false,
  });
  try {
    return await jiti.import(file, { default: true });
  } catch (cause) {
    throw new UsageError(`Cannot load model "${file}": it does not run`, { cause });
  }
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
