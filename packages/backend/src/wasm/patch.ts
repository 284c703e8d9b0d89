import {
  backend,
  getBackend,
  getKernel,
  type KernelFunc,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOnCpu } from './run-on-cpu.js';
import { conv2dBackpropFilter } from './conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './conv2d-backprop-input.js';
import { patchKernels } from '../kernels/patch.js';
import { identity } from './identity.js';
import { batchMatMul, fusedMatMul } from './mat-mul.js';
import type { KernelArguments, StockKernel } from './kernel.js';
import { maxPoolGrad } from './max-pool-grad.js';
import { attachSimd } from './simd.js';
import { mean, sum } from './sum-and-mean.js';
import { update } from './update.js';

/**
 * Makes the stock wasm backend fit for training, for every TensorFlow.js program on the page or in the process: it
 * gets the kernels that it lacks, correct ones for those that compute something else than the other backends, and
 * fast ones for those that walk a slow loop. Call it after `await tf.setBackend('wasm')`; a second call does nothing.
 * `useBackend('wasm')` does all of this.
 *
 * @throws Error where wasm is not the backend in use, where WebAssembly has no SIMD, and where the backend runs in
 *   threads
 */
export async function patchWasm(): Promise<void> {
  if (getBackend() !== 'wasm')
    throw new Error(`Cannot patch the wasm backend: found backend "${getBackend()}" in use, expected wasm`);
  await attachSimd(backend() as BackendWasm);
  if (patched) return;
  patched = true;
  for (const [kernelName, patch] of Object.entries(PATCHES)) {
    const stock = getKernel(kernelName, 'wasm');
    if (stock) unregisterKernel(kernelName, 'wasm');
    const kernelFunc = patch(stock?.kernelFunc as unknown as StockKernel) as KernelFunc;
    registerKernel({ ...stock, kernelName, backendName: 'wasm', kernelFunc });
  }
  for (const name of ['cpu', 'wasm']) patchKernels(name); // some kernels are run on cpu
}

let patched = false;

/** Every patched kernel by name, made from the stock one. */
const PATCHES: Record<string, (stock: StockKernel) => unknown> = {
  BatchMatMul: () => batchMatMul,
  _FusedMatMul: () => fusedMatMul,
  Conv2DBackpropFilter: () => conv2dBackpropFilter,
  Conv2DBackpropInput: () => conv2dBackpropInput,
  Identity: () => identity,
  MaxPoolGrad: () => maxPoolGrad,
  Mean: mean,
  Sum: sum,
  UpdateAdam: () => update('adam', ['moment1', 'moment2']),
  UpdateAdamax: () => update('adamax', ['moment1', 'norm']),
  UpdateSgd: () => update('sgd', ['velocity']),
  UpdateRmsprop: () => update('rmsprop', ['meanSquare', 'velocity']),
  DepthwiseConv2dNativeBackpropFilter: () => runOnCpu('DepthwiseConv2dNativeBackpropFilter'),
  DepthwiseConv2dNativeBackpropInput: () => runOnCpu('DepthwiseConv2dNativeBackpropInput'),
  UnsortedSegmentSum: () => runOnCpu('UnsortedSegmentSum'),
  GatherV2: (stock) => (args: KernelArguments) =>
    (args.attrs as { batchDims?: number }).batchDims ? runOnCpu('GatherV2')(args) : stock(args),
  MaxPool3D: () => runOnCpu('MaxPool3D'),
  MaxPool3DGrad: () => runOnCpu('MaxPool3DGrad'),
  Dilation2D: () => runOnCpu('Dilation2D'),
  Dilation2DBackpropInput: () => runOnCpu('Dilation2DBackpropInput'),
  Dilation2DBackpropFilter: () => runOnCpu('Dilation2DBackpropFilter'),
  Conv3DBackpropInputV2: () => runOnCpu('Conv3DBackpropInputV2'),
  Conv3DBackpropFilterV2: () => runOnCpu('Conv3DBackpropFilterV2'),
};
