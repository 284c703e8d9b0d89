// Everything that @ae/backend computes in WebAssembly itself, on the memory of TensorFlow.js's wasm backend:
// addresses and counts come in, nothing is allocated here. Written in AssemblyScript; `npm run kernels` compiles it.
export { gemm, gemmScratch } from './gemm';
export { gather, scatter } from './windows';
export { sumRows, repeatRow } from './rows';
export { maxPoolGrad } from './max-pool-grad';
export { adam, adamax, sgd, rmsprop } from './updates';
