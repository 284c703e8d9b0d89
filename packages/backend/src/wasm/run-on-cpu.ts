import {
  type backend_util,
  findBackend,
  getKernel,
  type KernelBackend,
  type TensorInfo,
} from '@tensorflow/tfjs';
import type { KernelArguments } from './kernel.js';

/** The part of the cpu backend that such a kernel meets. */
interface CpuBackend extends KernelBackend {
  readSync(dataId: object): backend_util.TypedArray;
}

/**
 * A kernel that wasm lacks, run by the cpu backend on the wasm heap: it reads the inputs where they lie, and its
 * result is copied back. Slow, but a gradient that needs it can be taken.
 */
export const runOnCpu =
  (kernelName: string) =>
  ({ inputs, attrs, backend }: KernelArguments): TensorInfo => {
    const cpu = findBackend('cpu') as CpuBackend;
    const lend = (tensor: TensorInfo): TensorInfo => {
      const values = backend.typedArrayFromHeap(tensor);
      const { shape, dtype } = tensor;
      // Some kernels ask for the rank of what TensorFlow.js gives them, which is a tensor.
      return { dataId: cpu.write(values, shape, dtype), shape, dtype, rank: shape.length } as TensorInfo;
    };
    const lent = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, lend(tensor)]));
    const { kernelFunc } = getKernel(kernelName, 'cpu');
    const { dataId, shape, dtype } = kernelFunc({
      inputs: lent,
      attrs: { ...attrs },
      backend: cpu,
    }) as TensorInfo;
    const out = backend.makeOutput(shape, dtype, undefined, cpu.readSync(dataId));
    for (const tensor of [...Object.values(lent), { dataId }]) cpu.disposeData(tensor.dataId);
    return out;
  };
