import * as tf from '@tensorflow/tfjs';

import { isFloat, sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';
import { activationNumber, type ParamsOf } from '../operations.js';

type Sides = number | [number, number];

interface ConvAttrs {
  strides: Sides;
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dilations: Sides;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  activation?: string;
  leakyreluAlpha?: number;
}

const conv2D: NativeKernel<ConvAttrs> = (backend, { x, filter, bias }, attrs) => {
  const { strides, pad, dataFormat, dilations, dimRoundingMode } = attrs;
  const activation = activationNumber(attrs.activation ?? 'linear');
  if (!x || !filter || !isFloat(x, filter, bias) || dataFormat === 'NCHW' || activation === undefined)
    return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as Shape4,
    filter.shape as Shape4,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    'channelsLast',
  );
  if (info.inChannels !== filter.shape[2]) return undefined;
  if (bias && (sizeOf(bias.shape) !== info.outChannels || bias.shape.at(-1) !== info.outChannels))
    return undefined;
  const out = backend.output(info.outShape, 'float32');
  backend.launch(
    'Conv2D',
    [...numbersOf(info), activation, attrs.leakyreluAlpha ?? 0.2, bias ? 1 : 0],
    bias ? [x, filter, bias] : [x, filter],
    [out],
  );
  return out;
};

interface ConvGradientAttrs {
  strides: Sides;
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW' | 'channelsLast' | 'channelsFirst';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  inputShape: Shape4;
  filterShape: Shape4;
}

const backpropInput: NativeKernel<ConvGradientAttrs> = (backend, { dy, filter }, attrs) => {
  const { strides, pad, dataFormat, dimRoundingMode, inputShape } = attrs;
  if (!dy || !filter || !isFloat(dy, filter) || !channelsLast(dataFormat)) return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter.shape as Shape4,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    'channelsLast',
  );
  if (String(info.outShape) !== String(dy.shape)) return undefined;
  const out = backend.output(info.inShape, 'float32');
  backend.launch('Conv2DBackpropInput', [...numbersOf(info), 0, 0, 0], [dy, filter], [out]);
  return out;
};

const backpropFilter: NativeKernel<ConvGradientAttrs> = (backend, { x, dy }, attrs) => {
  const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attrs;
  if (!x || !dy || !isFloat(x, dy) || !channelsLast(dataFormat)) return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as Shape4,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    'channelsLast',
  );
  if (String(info.outShape) !== String(dy.shape)) return undefined;
  const out = backend.output(info.filterShape, 'float32');
  backend.launch('Conv2DBackpropFilter', numbersOf(info), [x, dy], [out]);
  return out;
};

type Shape4 = [number, number, number, number];

const channelsLast = (format: string) => format === 'NHWC' || format === 'channelsLast';

const numbersOf = (info: tf.backend_util.Conv2DInfo): ParamsOf<'Conv2DBackpropFilter'> => [
  info.batchSize,
  info.inHeight,
  info.inWidth,
  info.inChannels,
  info.outHeight,
  info.outWidth,
  info.outChannels,
  info.filterHeight,
  info.filterWidth,
  info.strideHeight,
  info.strideWidth,
  info.dilationHeight,
  info.dilationWidth,
  info.padInfo.top,
  info.padInfo.left,
];

export const convKernels: NativeKernels = {
  Conv2D: conv2D as NativeKernel,
  FusedConv2D: conv2D as NativeKernel,
  Conv2DBackpropInput: backpropInput as NativeKernel,
  Conv2DBackpropFilter: backpropFilter as NativeKernel,
};
