import { getKernel, type NamedAttrMap, type TensorInfo, util } from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** What a kernel of the wasm backend is given: tensors on the wasm heap, and plain values. */
export interface KernelArguments<Inputs extends string = string, Attributes = object> {
  inputs: Record<Inputs, TensorInfo>;
  attrs: Attributes;
  backend: BackendWasm;
}

/** A kernel as TensorFlow.js brings it. */
export type StockKernel = (args: KernelArguments) => TensorInfo;

/** Runs a registered kernel outside the engine: whoever calls frees the result. */
export function run(name: string, { inputs, attrs, backend }: KernelArguments): TensorInfo {
  return getKernel(name, 'wasm').kernelFunc({ inputs, attrs: attrs as NamedAttrMap, backend }) as TensorInfo;
}

/** Where the values of a tensor lie on the wasm heap, in bytes. */
export const address = ({ dataId }: TensorInfo, backend: BackendWasm): number =>
  backend.getMemoryOffset(dataId);

/** How many values a tensor has. */
export const sizeOf = ({ shape }: TensorInfo): number => util.sizeFromShape(shape);

/** A float tensor of zeros. */
export function zeros(shape: number[], backend: BackendWasm): TensorInfo {
  const out = backend.makeOutput(shape, 'float32');
  backend.typedArrayFromHeap(out).fill(0);
  return out;
}

/** What is used of the Emscripten module under the backend. */
interface EmscriptenHeap {
  HEAPU8: Uint8Array;
  /** What the module exports, its memory too; where it runs in threads, the memory is not among them. */
  asm?: { memory?: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(at: number): void;
}

export const heapOf = (backend: BackendWasm) => backend.wasm as unknown as EmscriptenHeap;

/** Lends `bytes` bytes of the wasm heap for the time of one call. */
export function withMemory(bytes: number, backend: BackendWasm, use: (at: number) => void): void {
  const at = heapOf(backend)._malloc(bytes) >>> 0;
  if (at === 0)
    throw new RangeError(`Cannot allocate working memory: found no ${bytes} bytes left on the wasm heap`);
  try {
    use(at);
  } finally {
    heapOf(backend)._free(at);
  }
}
