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

let compiledModule: WebAssembly.Module | undefined;
const attached = new WeakMap<BackendWasm, Simd>();

/**
 * Compiles the kernels and gives them to a wasm backend, on whose memory they then work.
 * @throws Error where WebAssembly has no SIMD here, or the backend runs in threads
 */
export async function attachSimd(backend: BackendWasm): Promise<void> {
  if (attached.has(backend)) return;
  compiledModule ??= await compile();
  attach(backend, await WebAssembly.instantiate(compiledModule, { env: { memory: memoryOf(backend) } }));
}

/** The compiled kernels on the memory of this backend. */
export function simd(backend: BackendWasm): Simd {
  return (
    attached.get(backend) ??
    attach(backend, new WebAssembly.Instance(compiledModule!, { env: { memory: memoryOf(backend) } }))
  );
}

function attach(backend: BackendWasm, { exports }: WebAssembly.Instance): Simd {
  const functions = exports as unknown as Simd & { gemmScratch(): number };
  const simd = { ...functions, scratch: heapOf(backend)._malloc(functions.gemmScratch()) };
  attached.set(backend, simd);
  return simd;
}

function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const memory = heapOf(backend).asm?.memory;
  if (!memory)
    throw new Error(
      `Cannot patch the wasm backend: found it to run in threads, expected tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false) before it is set`,
    );
  return memory;
}

async function compile(): Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(compiled), (character) => character.charCodeAt(0));
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw new Error(
      'Cannot patch the wasm backend: found WebAssembly without SIMD, expected a newer browser or Node',
      { cause },
    );
  }
}
