import { backend_util, type TensorInfo } from '@tensorflow/tfjs';
import { address, type KernelArguments, zeros } from './kernel.js';
import { simd } from './simd.js';

interface Attributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: Parameters<typeof backend_util.computePool2DInfo>[4];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * MaxPoolGrad: dy goes to the first largest value of its window. Stock wasm loses it where no value is positive, and
 * gives it to the last of equal values.
 */
export function maxPoolGrad({
  inputs,
  attrs,
  backend,
}: KernelArguments<'dy' | 'input', Attributes>): TensorInfo {
  const { dy, input } = inputs;
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const shape = input.shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const out = zeros(shape, backend);
  simd(backend).maxPoolGrad(
    ...[address(input, backend), address(dy, backend), address(out, backend), ...shape],
    ...[info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth],
    ...[info.padInfo.top, info.padInfo.left, info.outHeight, info.outWidth],
  );
  return out;
}
