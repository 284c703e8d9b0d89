export type { BackendChoice, BackendStatus } from './choice.js';
export { mendGradients } from './gradients/mend.js';
export { mendWasm } from './wasm/mend.js';
