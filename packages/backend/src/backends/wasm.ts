import { engine, env } from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { activate, type Candidate } from '../candidate.js';
import { locateWasm } from './wasm-file.js';
import { patchWasm } from '../wasm/patch.js';

/** WebAssembly: TensorFlow.js's backend, patched. `file` is where a page finds `tfjs-backend-wasm-simd.wasm`. */
export const wasm = (file?: string | URL): Candidate => ({
  name: 'wasm',
  remedy:
    'serve tfjs-backend-wasm-simd.wasm of @tensorflow/tfjs-backend-wasm, and pass its address as wasmUrl',
  async start() {
    // The compiled kernels work on memory of one thread; docs/decisions/0011-wasm-threads.md says what that costs.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    const url = 'wasm' in engine().registry ? undefined : await locateWasm(file);
    if (url) setWasmPaths(Object.fromEntries(BINARIES.map((name) => [name, url])));
    await keepingErrorHandlers(() => activate('wasm'));
    await patchWasm();
    return { description: 'WebAssembly with SIMD, one thread' };
  },
});

/** One of these is fetched, the second where SIMD is there, as it has to be; all must be named. */
const BINARIES = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
] as const;

/** In Node the backend installs handlers that bury every uncaught error of the process under its own source. */
async function keepingErrorHandlers(action: () => Promise<void>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'];
  const emitter = (globalThis as { process?: Partial<NodeJS.EventEmitter> }).process;
  const listeners = (event: string) => emitter?.listeners?.(event) ?? [];
  const before = new Set(events.flatMap(listeners));
  await action();
  for (const event of events)
    for (const listener of listeners(event))
      if (!before.has(listener)) emitter?.removeListener?.(event, listener as () => void);
}
