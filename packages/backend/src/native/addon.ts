import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { tableDifference } from './operations.js';

/** What the compiled library offers; see native/addon.cc. */
export interface Addon {
  /** Runs one operation on typed arrays, with the first `paramCount` numbers of the array `params()`. */
  run(operation: number, paramCount: number, ...buffers: ArrayBufferView[]): void;
  /** Where the parameters of the next `run` are written. */
  params(): Float64Array;
  misalignment(array: ArrayBufferView): number;
  setThreads(count: number): void;
  threads(): number;
  /** The operations of this instruction set from now on; false where the processor lacks it. */
  useInstructionSet(name: string): boolean;
  /** The instruction set in use, those of the processor, and the library's side of the table in operations.ts. */
  describe(): { instructionSet: string; instructionSets: string; table?: string[] };
  compile(slots: Float64Array, steps: Float64Array, arenaBytes: number): object;
  write(program: object, slot: number, values: ArrayBufferView): void;
  /** Runs an operation from an array into a slot. */
  load(
    program: object,
    slot: number,
    operation: number,
    values: ArrayBufferView,
    params: readonly number[],
  ): void;
  /** Frees a program's memory; it cannot run again. */
  release(program: object): void;
  replay(
    program: object,
    slots: Int32Array,
    arrays: readonly ArrayBufferView[],
    counter: number,
    outputSlots: Int32Array,
    outputs: Float64Array,
  ): void;
}

export type Loaded = { ok: true; addon: Addon } | { ok: false; reason: string; remedy: string };

/** Finds the library: one of `prebuilds/`, or the one that was compiled when the package was installed. */
export function loadAddon(): Loaded {
  const folder = packageFolder();
  if (!folder)
    return {
      ok: false,
      reason: 'the folder of @ae/backend was not found',
      remedy: 'install @ae/backend again',
    };
  const require = createRequire(join(folder, 'package.json'));
  try {
    const addon = (require('node-gyp-build') as (folder: string) => Addon)(folder);
    const difference = tableDifference(addon.describe().table);
    if (difference === undefined) return { ok: true, addon };
    return {
      ok: false,
      reason: `the compiled library is of another version: ${difference}`,
      remedy: rebuild(folder),
    };
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
    const compiled = existsSync(join(folder, 'build', 'Release', 'ae_native.node'));
    if (compiled)
      return { ok: false, reason: `the compiled library does not load: ${message}`, remedy: rebuild(folder) };
    return { ok: false, reason: installReason(folder), remedy: rebuild(folder) };
  }
}

const rebuild = (folder: string) =>
  `install a C++ compiler (g++ or clang++), make, Python 3 and Node's headers, then run \`npm rebuild @ae/backend\` (${folder})`;

/** What the install script wrote when it did not build. */
function installReason(folder: string): string {
  const note = join(folder, 'build', 'not-built.txt');
  return existsSync(note)
    ? readFileSync(note, 'utf8').trim()
    : 'nothing was compiled when the package was installed';
}

function packageFolder(): string | undefined {
  for (let folder = here(); folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'binding.gyp'))) return folder;
  return undefined;
}

const here = () => dirname(fileURLToPath(import.meta.url));
