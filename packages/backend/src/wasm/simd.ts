import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { compiled } from './compiled.js';
import { heapOf } from './kernel.js';

/** The functions compiled from `packages/backend/wasm/`, where each says what it computes. All take addresses and counts. */
type CompiledName =
  | 'gemm'
  | 'gather'
  | 'scatter'
  | 'sumRows'
  | 'repeatRow'
  | 'maxPoolGrad'
  | 'adam'
  | 'adamax'
  | 'sgd'
  | 'rmsprop';

export interface Simd extends Record<CompiledName, (...values: number[]) => number> {
  /** Address of the working memory of `gemm`. */
  scratch: number;
}

const attached = new WeakMap<BackendWasm, Simd>();

/**
 * Gives a wasm backend the compiled kernels, which then work on its memory.
 * @throws Error where WebAssembly has no SIMD here, or the backend runs in threads
 */
export async function attachSimd(backend: BackendWasm): Promise<void> {
  if (attached.has(backend)) return;
  const { instance } = await instantiate(memoryOf(backend));
  const functions = instance.exports as unknown as Simd & { gemmScratch(): number };
  attached.set(backend, { ...functions, scratch: heapOf(backend)._malloc(functions.gemmScratch()) });
}

/** The compiled kernels on the memory of this backend. */
export function simd(backend: BackendWasm): Simd {
  const found = attached.get(backend);
  if (!found)
    throw new Error(
      'Cannot run a mended kernel: this wasm backend is new, expected mendWasm() to be awaited after it was set',
    );
  return found;
}

function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const memory = heapOf(backend).asm?.memory;
  if (!memory)
    throw new Error(
      `Cannot mend the wasm backend: it runs in threads, expected tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false) before it is set`,
    );
  return memory;
}

async function instantiate(memory: WebAssembly.Memory) {
  const bytes = Uint8Array.from(atob(compiled), (character) => character.charCodeAt(0));
  try {
    return await WebAssembly.instantiate(bytes, { env: { memory } });
  } catch (cause) {
    throw new Error(
      'Cannot mend the wasm backend: WebAssembly has no SIMD here, expected a newer browser or Node',
      { cause },
    );
  }
}
