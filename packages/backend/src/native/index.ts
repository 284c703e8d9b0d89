import { availableParallelism } from 'node:os';

import * as tf from '@tensorflow/tfjs';

import { loadAddon, type Addon } from './addon.js';
import { createNativeBackend } from './backend.js';
import { registerKernels } from './register.js';

export type Registered = { ok: true; description: string } | { ok: false; reason: string; remedy: string };

/** Above the stock CPU backend (1) and below what a program chooses itself. */
const PRIORITY = 3;

/**
 * Registers the backend `native`, once: afterwards `tf.setBackend('native')` selects it. Where it cannot be had it
 * says why and what would help, and registers nothing.
 *
 * `AE_THREADS` sets the number of threads (default: as many as cores), `AE_SIMD` the instruction set
 * (default: the best of the processor).
 */
export function registerNative(): Registered {
  if (registered) return registered;
  const loaded = loadAddon();
  if (!loaded.ok) return loaded;
  const { addon } = loaded;
  const refused = useThreads(addon) ?? useInstructionSet(addon);
  if (refused) return refused;
  registerKernels('native');
  tf.registerBackend('native', () => createNativeBackend(addon), PRIORITY);
  const threads = addon.threads();
  registered = {
    ok: true,
    description: `${addon.describe().instructionSet}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
  };
  return registered;
}

let registered: Registered | undefined;

function useThreads(addon: Addon): Registered | undefined {
  const requested = process.env.AE_THREADS;
  const count = requested ? Number(requested) : availableParallelism();
  if (!Number.isInteger(count) || count < 1 || count > 1024)
    return {
      ok: false,
      reason: `AE_THREADS is "${requested}"`,
      remedy: 'set AE_THREADS to a whole number from 1 to 1024',
    };
  addon.setThreads(count);
  return undefined;
}

function useInstructionSet(addon: Addon): Registered | undefined {
  const requested = process.env.AE_SIMD ?? '';
  if (addon.useInstructionSet(requested)) return undefined;
  const names = addon.describe().instructionSets;
  return {
    ok: false,
    reason: `AE_SIMD is "${requested}"`,
    remedy: `set AE_SIMD to one of ${names}, or leave it out`,
  };
}
