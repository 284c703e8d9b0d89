import { cpu } from './backends/cpu.js';
import { wasm } from './backends/wasm.js';
import { webgl } from './backends/webgl.js';
import { webgpu } from './backends/webgpu.js';
import { type BackendChoice, type BackendStatus, choose, probe } from './choice.js';

export * from './index.js';

export interface BrowserOptions {
  /**
   * Where the page finds `@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm`; with vite, that path with
   * `?url` behind it, imported; with webpack, `new URL(that path, import.meta.url)`. An address without an origin is seen
   * from the page or the script of the worker, and in a worker made of a `blob:` from the origin.
   * @default the file of that name beside the script
   */
  wasmUrl?: string | URL;
  /** Loads WebGPU's backend: `() => import('@tensorflow/tfjs-backend-webgpu')`, once that is installed. */
  webgpu?: () => Promise<unknown>;
}

/** The fastest first. */
const candidates = (options: BrowserOptions) => [webgpu(options.webgpu), webgl, wasm(options.wasmUrl), cpu];

/**
 * Makes a TensorFlow.js backend the one in use, once it has been seen to compute correctly. `auto` takes the first
 * that works of `webgpu` (where the page passes it), `webgl`, `wasm` (patched, see `patchWasm`) and `cpu`, with a notice
 * where that is because the file of wasm was not found. Calls wait for each other. A backend that is asked for by name is that one or an error, never another.
 *
 * @throws TypeError for an unknown name
 * @throws Error where it does not work here, with the reason and the remedy; the backend in use stays
 */
export const useBackend = (name = 'auto', options: BrowserOptions = {}): Promise<BackendChoice> =>
  choose(candidates(options), name);

/** Tries every backend in turn and says what each is, or why it does not work and what to do about it. */
export const probeBackends = (options: BrowserOptions = {}): Promise<BackendStatus[]> =>
  probe(candidates(options));
