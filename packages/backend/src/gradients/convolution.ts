import * as tf from '@tensorflow/tfjs';
import { alongRowsAndColumns } from './along-rows-and-columns.js';

interface Attributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dilations?: [number, number] | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * A dilated filter is a larger one with zeros between its values, and so are its gradients; stock ones throw. The
 * number of windows is kept, which the stock gradient takes as if it had not been rounded.
 */
const convolution = (kernelName: 'Conv2D' | 'DepthwiseConv2dNative'): tf.GradConfig => ({
  kernelName,
  inputsToSave: ['x', 'filter'],
  gradFunc: (gradient, [x, filter], attributes) => {
    const dy = gradient as tf.Tensor4D;
    const attrs = attributes as unknown as Attributes;
    const spread = spreadingOf(filter as tf.Tensor4D, attrs.dilations);
    const plain = withoutRounding(kernelName, x as tf.Tensor4D, filter as tf.Tensor4D, attrs);
    const inputGradient =
      kernelName === 'Conv2D' ? 'Conv2DBackpropInput' : 'DepthwiseConv2dNativeBackpropInput';
    const filterGradient = kernelName === 'Conv2D' ? 'Conv2DBackpropFilter' : 'DepthwiseConv2dNativeBackpropFilter'; // prettier-ignore
    return {
      x: () => run(inputGradient, { dy, filter: spread.forwards() }, { ...plain, inputShape: x!.shape }),
      filter: () => {
        const shape = spread.shape;
        return spread.back(run(filterGradient, { x: x!, dy }, { ...plain, filterShape: shape }));
      },
    };
  },
});

const run = (name: string, inputs: Record<string, tf.Tensor>, attrs: object) =>
  tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap) as tf.Tensor4D;

/** A filter [height, width, in, out] with zeros between its values, and its gradient back to the values. */
function spreadingOf(filter: tf.Tensor4D, dilations: Attributes['dilations'] = 1) {
  const [down, across] = typeof dilations === 'number' ? [dilations, dilations] : dilations;
  const [height, width, ins, outs] = filter.shape;
  const larger = [(height - 1) * down + 1, (width - 1) * across + 1, ins, outs] as tf.Tensor4D['shape'];
  if (down === 1 && across === 1)
    return { shape: filter.shape, forwards: () => filter, back: (gradient: tf.Tensor4D) => gradient };
  // [1, height, width, in · out]: the filter as one image.
  const asImage = (tensor: tf.Tensor4D) =>
    tensor.reshape([1, tensor.shape[0], tensor.shape[1], ins * outs]) as tf.Tensor4D;
  const rows = () => placing(height, down);
  const columns = () => placing(width, across);
  return {
    shape: larger,
    forwards: () => alongRowsAndColumns(asImage(filter), rows(), columns()).reshape(larger) as tf.Tensor4D,
    back: (gradient: tf.Tensor4D) =>
      alongRowsAndColumns(asImage(gradient), rows().transpose(), columns().transpose()).reshape(filter.shape) as tf.Tensor4D, // prettier-ignore
  };
}

/** [(length − 1)·step + 1, length]: puts the i-th value at i·step. */
function placing(length: number, step: number): tf.Tensor2D {
  const rows = (length - 1) * step + 1;
  const values = new Float32Array(rows * length);
  for (let i = 0; i < length; i++) values[i * step * length + i] = 1;
  return tf.tensor2d(values, [rows, length]);
}

/** The same windows of an undilated, larger filter. */
function withoutRounding(kernelName: string, x: tf.Tensor4D, filter: tf.Tensor4D, attrs: Attributes): object {
  const { strides, pad, dataFormat, dilations = 1, dimRoundingMode } = attrs;
  if (!dimRoundingMode) return { strides, pad, dataFormat, dilations: 1 };
  const info = tf.backend_util.computeConv2DInfo(
    x.shape,
    filter.shape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    kernelName !== 'Conv2D',
    dataFormat === 'NCHW' ? 'channelsFirst' : 'channelsLast',
  );
  const after = (windows: number, stride: number, filterSide: number, length: number, before: number) =>
    Math.max(0, (windows - 1) * stride + filterSide - length - before);
  const { top, left } = info.padInfo;
  const bottom = after(info.outHeight, info.strideHeight, info.effectiveFilterHeight, info.inHeight, top);
  const right = after(info.outWidth, info.strideWidth, info.effectiveFilterWidth, info.inWidth, left);
  const sides: [number, number][] = [
    [top, bottom],
    [left, right],
  ];
  const explicit = dataFormat === 'NCHW' ? [[0, 0], [0, 0], ...sides] : [[0, 0], ...sides, [0, 0]];
  return { strides, pad: explicit, dataFormat, dilations: 1 };
}

export const convolving = [convolution('Conv2D'), convolution('DepthwiseConv2dNative')];
