export type { BackendChoice, BackendStatus } from './choice.js';
export { patchGradients } from './gradients/patch.js';
export { patchWasm } from './wasm/patch.js';
