export type { BackendChoice, BackendStatus } from './choice.js';
export { mendWasm } from './wasm/mend.js';
