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
import { borrow } from './borrow.js';
import { conv2dBackpropFilter } from './conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './conv2d-backprop-input.js';
import { mendKernels } from '../kernels/mend.js';
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
export async function mendWasm(): Promise<void> {
  if (getBackend() !== 'wasm')
    throw new Error(`Cannot mend the wasm backend: found backend "${getBackend()}" in use, expected wasm`);
  await attachSimd(backend() as BackendWasm);
  if (mended) return;
  mended = true;
  for (const [kernelName, mend] of Object.entries(MENDED)) {
    const stock = getKernel(kernelName, 'wasm');
    if (stock) unregisterKernel(kernelName, 'wasm');
    const kernelFunc = mend(stock?.kernelFunc as unknown as StockKernel) as KernelFunc;
    registerKernel({ ...stock, kernelName, backendName: 'wasm', kernelFunc });
  }
  for (const name of ['cpu', 'wasm']) mendKernels(name); // some kernels are borrowed from cpu
}

let mended = false;

/** Every mended kernel by name, made from the stock one. */
const MENDED: Record<string, (stock: StockKernel) => unknown> = {
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
  DepthwiseConv2dNativeBackpropFilter: () => borrow('DepthwiseConv2dNativeBackpropFilter'),
  DepthwiseConv2dNativeBackpropInput: () => borrow('DepthwiseConv2dNativeBackpropInput'),
  UnsortedSegmentSum: () => borrow('UnsortedSegmentSum'),
  GatherV2: (stock) => (args: KernelArguments) =>
    (args.attrs as { batchDims?: number }).batchDims ? borrow('GatherV2')(args) : stock(args),
  MaxPool3D: () => borrow('MaxPool3D'),
  MaxPool3DGrad: () => borrow('MaxPool3DGrad'),
  Dilation2D: () => borrow('Dilation2D'),
  Dilation2DBackpropInput: () => borrow('Dilation2DBackpropInput'),
  Dilation2DBackpropFilter: () => borrow('Dilation2DBackpropFilter'),
  Conv3DBackpropInputV2: () => borrow('Conv3DBackpropInputV2'),
  Conv3DBackpropFilterV2: () => borrow('Conv3DBackpropFilterV2'),
};
