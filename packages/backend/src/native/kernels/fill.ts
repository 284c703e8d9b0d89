import type { DataType, TensorInfo } from '@tensorflow/tfjs';

import { sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';
import type { ValuesType } from '../memory.js';
import type { NativeBackend } from '../types.js';

/** Sets every element of a tensor of 4-byte or boolean elements. */
export function fillWith(backend: NativeBackend, info: TensorInfo, value: number): void {
  const operation = info.dtype === 'float32' ? 'FillFloat' : info.dtype === 'int32' ? 'FillInt' : 'FillBool';
  const number = info.dtype === 'int32' ? value | 0 : info.dtype === 'bool' ? +(value !== 0) : value;
  backend.launch(operation, [sizeOf(info.shape), number], [], [info]);
}

const isFillable = (dtype: DataType | undefined): dtype is ValuesType =>
  dtype === 'float32' || dtype === 'int32' || dtype === 'bool';

const fill: NativeKernel<{ shape: number[]; value: number | string; dtype?: DataType }> = (
  backend,
  _inputs,
  attrs,
) => {
  const { shape, value, dtype = typeof value === 'string' ? 'string' : 'float32' } = attrs;
  if (typeof value === 'string' || !isFillable(dtype)) return undefined;
  const out = backend.output(shape, dtype);
  fillWith(backend, out, value);
  return out;
};

const like =
  (value: number): NativeKernel =>
  (backend, { x }) => {
    if (!x || !isFillable(x.dtype)) return undefined;
    const out = backend.output(x.shape, x.dtype);
    fillWith(backend, out, value);
    return out;
  };

export const fillKernels: NativeKernels = {
  Fill: fill as NativeKernel,
  ZerosLike: like(0),
  OnesLike: like(1),
};
