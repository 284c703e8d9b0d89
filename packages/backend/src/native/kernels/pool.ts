import type { TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import { isFloat, type NativeKernel, type NativeKernels } from '../kernel.js';
import type { ParamsOf } from '../operations.js';

interface PoolAttrs {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const pool =
  (operation: 'MaxPool' | 'AvgPool'): NativeKernel<PoolAttrs> =>
  (backend, { x }, attrs) => {
    if (!x || !isFloat(x)) return undefined;
    const info = infoOf(x, attrs, attrs.dimRoundingMode);
    // The stock kernel takes windows of one pixel for the image itself, even where padding moves them.
    if (info.filterHeight * info.filterWidth === 1 && String(info.inShape) === String(info.outShape))
      return undefined;
    const out = backend.output(info.outShape, 'float32');
    backend.launch(operation, numbersOf(info), [x], [out]);
    return out;
  };

const maxPoolGrad: NativeKernel<PoolAttrs> = (backend, { dy, input }, attrs) => {
  if (!dy || !input || !isFloat(dy, input)) return undefined;
  const info = infoOf(input, attrs, attrs.dimRoundingMode);
  const out = backend.output(input.shape, 'float32');
  backend.launch('MaxPoolGrad', numbersOf(info), [dy, input], [out]);
  return out;
};

const avgPoolGrad: NativeKernel<PoolAttrs> = (backend, { dy, input }, attrs) => {
  if (!dy || !input || !isFloat(dy)) return undefined;
  const info = infoOf(input, attrs, undefined);
  if (String(info.outShape) !== String(dy.shape)) return undefined;
  const out = backend.output(input.shape, 'float32');
  backend.launch('AvgPoolGrad', numbersOf(info), [dy], [out]);
  return out;
};

const infoOf = (
  x: TensorInfo,
  { filterSize, strides, pad }: PoolAttrs,
  rounding: PoolAttrs['dimRoundingMode'],
) =>
  tf.backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    rounding,
  );

const numbersOf = (info: tf.backend_util.Conv2DInfo): ParamsOf<'MaxPool'> => [
  info.batchSize,
  info.inHeight,
  info.inWidth,
  info.inChannels,
  info.outHeight,
  info.outWidth,
  info.filterHeight,
  info.filterWidth,
  info.strideHeight,
  info.strideWidth,
  info.dilationHeight,
  info.dilationWidth,
  info.padInfo.top,
  info.padInfo.left,
];

export const poolKernels: NativeKernels = {
  MaxPool: pool('MaxPool') as NativeKernel,
  AvgPool: pool('AvgPool') as NativeKernel,
  MaxPoolGrad: maxPoolGrad as NativeKernel,
  AvgPoolGrad: avgPoolGrad as NativeKernel,
};
