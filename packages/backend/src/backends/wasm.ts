import { env } from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { activate, type Candidate } from '../candidate.js';
import { mendWasm } from '../wasm/mend.js';

/** WebAssembly: TensorFlow.js's backend, mended. `url` is where `tfjs-backend-wasm-simd.wasm` is served. */
export const wasm = (url?: string): Candidate => ({
  name: 'wasm',
  remedy:
    'serve tfjs-backend-wasm-simd.wasm of @tensorflow/tfjs-backend-wasm, and pass its address as wasmUrl',
  async start() {
    // The compiled kernels work on memory of one thread; docs/decisions/wasm-threads.md says what that costs.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (url) setWasmPaths(Object.fromEntries(BINARIES.map((name) => [name, url])));
    await activate('wasm');
    await mendWasm();
    return { description: 'WebAssembly with SIMD, one thread' };
  },
});

/** One of these is fetched, the second where SIMD is there, as it has to be; all must be named. */
const BINARIES = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
] as const;
