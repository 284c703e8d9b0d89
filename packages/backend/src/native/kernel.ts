import type { TensorInfo } from '@tensorflow/tfjs';

import type { NativeBackend } from './types.js';

/**
 * A kernel in place of the stock one; undefined where it does not take these inputs (another element type, a
 * layout of channels first), which leaves them to the stock kernel.
 */
export type NativeKernel<Attrs = never> = (
  backend: NativeBackend,
  inputs: Record<string, TensorInfo>,
  attrs: Attrs,
) => TensorInfo | TensorInfo[] | undefined;

/** Kernels by the name under which TensorFlow.js asks for them. */
export type NativeKernels = Record<string, NativeKernel>;

export const isFloat = (...infos: (TensorInfo | undefined)[]): boolean =>
  infos.every((info) => info === undefined || info.dtype === 'float32');

export const sizeOf = (shape: readonly number[]): number => {
  let size = 1;
  for (const side of shape) size *= side;
  return size;
};
