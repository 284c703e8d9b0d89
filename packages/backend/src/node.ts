import { cpu } from './backends/cpu.js';
import { native } from './backends/native.js';
import { tensorflow } from './backends/tensorflow.js';
import { wasm } from './backends/wasm.js';
import { type BackendChoice, type BackendStatus, choose, probe } from './choice.js';

export * from './index.js';

/** The fastest first. */
const candidates = () => [native, tensorflow(), wasm(), cpu];

/**
 * Makes a TensorFlow.js backend the one in use, once it has been seen to compute correctly. `auto` takes the first
 * that works of `native` (this project's own kernels), `tensorflow` (tfjs-node, where it is installed), `wasm` (patched,
 * see `patchWasm`) and `cpu`. Calls wait for each other. A backend that is asked for by name is that one or an error, never another.
 *
 * @throws TypeError for an unknown name
 * @throws Error where it does not work here, with the reason and the remedy; the backend in use stays
 */
export const useBackend = (name = 'auto'): Promise<BackendChoice> => choose(candidates(), name);

/** Tries every backend in turn and says what each is, or why it does not work and what to do about it. */
export const probeBackends = (): Promise<BackendStatus[]> => probe(candidates());
