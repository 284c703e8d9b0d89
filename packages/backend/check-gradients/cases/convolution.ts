import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

type Pad = 'valid' | 'same' | number;

const plain = (strides: number | [number, number], pad: Pad, filter = [3, 2], dilations: number | [number, number] = 1): [number[][], (x: tf.Tensor4D, f: tf.Tensor4D) => tf.Tensor] =>
  [[[2, 5, 4, 2], [...filter, 2, 3]], (x, f) => tf.conv2d(x, f, strides, pad, 'NHWC', dilations)]; // prettier-ignore

const depthwise = (strides: number | [number, number], pad: Pad, dilations: number | [number, number] = 1): [number[][], (x: tf.Tensor4D, f: tf.Tensor4D) => tf.Tensor] =>
  [[[2, 5, 4, 2], [3, 2, 2, 2]], (x, f) => tf.depthwiseConv2d(x, f, strides, pad, 'NHWC', dilations)]; // prettier-ignore

const transposed = (strides: number, pad: Pad, side: [number, number]): [number[][], (x: tf.Tensor4D, f: tf.Tensor4D) => tf.Tensor] =>
  [[[2, 3, 2, 2], [3, 2, 2, 2]], (x, f) => tf.conv2dTranspose(x, f, [2, ...side, 2], strides, pad)]; // prettier-ignore

const cubes = (strides: number, pad: 'valid' | 'same'): [number[][], (x: tf.Tensor5D, f: tf.Tensor5D) => tf.Tensor] =>
  [[[2, 3, 4, 3, 2], [2, 3, 2, 2, 2]], (x, f) => tf.conv3d(x, f, strides, pad)]; // prettier-ignore

export const convolving: Case[] = [
  ...of('conv2d', {
    'valid': plain(1, 'valid'),
    'same': plain(1, 'same'),
    'same, stride 2': plain(2, 'same'),
    'valid, strides 2 and 1': plain([2, 1], 'valid', [2, 2]),
    'a padding of 1': plain(1, 1),
    'strides larger than the filter': plain(3, 'valid', [2, 2]),
    'strides larger than the filter, same': plain(3, 'same', [2, 1]),
    'dilated, valid': plain(1, 'valid', [2, 2], 2),
    'dilated, same': plain(1, 'same', [3, 2], [2, 1]),
    'one image': [[[5, 4, 2], [3, 2, 2, 3]], (x: tf.Tensor3D, f: tf.Tensor4D) => tf.conv2d(x, f, 1, 'same')],
    'a size rounded up': [[[2, 5, 4, 2], [2, 2, 2, 3]], (x: tf.Tensor4D, f: tf.Tensor4D) => tf.conv2d(x, f, 2, 0, 'NHWC', 1, 'ceil')],
    'other paddings on every side': [[[2, 5, 4, 2], [3, 2, 2, 3]], (x: tf.Tensor4D, f: tf.Tensor4D) => tf.conv2d(x, f, 1, [[0, 0], [1, 0], [0, 2], [0, 0]])],
    'channels first': [[[2, 2, 5, 4], [3, 2, 2, 3]], (x: tf.Tensor4D, f: tf.Tensor4D) => tf.transpose(tf.conv2d(x, f, 1, 'valid', 'NCHW'), [0, 2, 3, 1])],
  }), // prettier-ignore
  ...of('conv1d', {
    'same': [[[2, 6, 2], [3, 2, 2]], (x: tf.Tensor3D, f: tf.Tensor3D) => tf.conv1d(x, f, 1, 'same')],
    'valid, stride 2': [[[2, 6, 2], [3, 2, 2]], (x: tf.Tensor3D, f: tf.Tensor3D) => tf.conv1d(x, f, 2, 'valid')],
    'dilated': [[[2, 6, 2], [2, 2, 2]], (x: tf.Tensor3D, f: tf.Tensor3D) => tf.conv1d(x, f, 1, 'same', 'NWC', 2)],
  }), // prettier-ignore
  ...of('conv2dTranspose', {
    'same, stride 2': transposed(2, 'same', [6, 4]),
    'same, stride 2, an odd size': transposed(2, 'same', [5, 3]),
    'valid, stride 2': transposed(2, 'valid', [7, 4]),
    'same, stride 3, larger than the filter': transposed(3, 'same', [9, 6]),
    valid: transposed(1, 'valid', [5, 3]),
  }),
  ...of('fused.conv2d', {
    'with a bias': [[[2, 5, 4, 2], [3, 2, 2, 3], [3]], (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor) => tf.fused.conv2d({ x, filter, strides: 2, pad: 'same', bias })],
    'with a bias and relu': [[[2, 5, 4, 2], [3, 2, 2, 3], [3]], (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor) => tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid', bias, activation: 'relu' })],
    'dilated, with relu': [[[2, 5, 4, 2], [2, 2, 2, 3], [3]], (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor) => tf.fused.conv2d({ x, filter, strides: 1, pad: 'same', dilations: 2, bias, activation: 'relu' })],
  }), // prettier-ignore
  ...of('depthwiseConv2d', {
    valid: depthwise(1, 'valid'),
    same: depthwise(1, 'same'),
    'same, stride 2': depthwise(2, 'same'),
    'a padding of 1': depthwise(1, 1),
    dilated: depthwise(1, 'same', 2),
    'dilated, valid': depthwise(1, 'valid', [2, 1]),
  }),
  ...of('fused.depthwiseConv2d', {
    'with a bias': [[[2, 5, 4, 2], [3, 2, 2, 2], [4]], (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor) => tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'same', bias })],
    'with a bias and relu': [[[2, 5, 4, 2], [3, 2, 2, 2], [4]], (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor) => tf.fused.depthwiseConv2d({ x, filter, strides: 2, pad: 'valid', bias, activation: 'relu' })],
  }), // prettier-ignore
  ...of('separableConv2d', {
    'same': [[[2, 5, 4, 2], [3, 2, 2, 2], [1, 1, 4, 3]], (x: tf.Tensor4D, d: tf.Tensor4D, p: tf.Tensor4D) => tf.separableConv2d(x, d, p, 1, 'same')],
    'valid, stride 2': [[[2, 5, 4, 2], [2, 2, 2, 2], [1, 1, 4, 3]], (x: tf.Tensor4D, d: tf.Tensor4D, p: tf.Tensor4D) => tf.separableConv2d(x, d, p, 2, 'valid')],
  }), // prettier-ignore
  ...of('conv3d', { 'valid': cubes(1, 'valid'), 'same': cubes(1, 'same'), 'same, stride 2': cubes(2, 'same') }), // prettier-ignore
  ...of('conv3dTranspose', {
    'same, stride 2': [[[2, 2, 2, 1, 2], [2, 3, 2, 2, 2]], (x: tf.Tensor5D, f: tf.Tensor5D) => tf.conv3dTranspose(x, f, [2, 4, 3, 2, 2], 2, 'same')],
  }), // prettier-ignore
  ...of('dilation2d', {
    'valid': [[[2, 4, 3, 2], [2, 2, 2]], (x: tf.Tensor4D, f: tf.Tensor3D) => tf.dilation2d(x, f, 1, 'valid')],
    'same, stride 2': [[[2, 4, 3, 2], [2, 2, 2]], (x: tf.Tensor4D, f: tf.Tensor3D) => tf.dilation2d(x, f, 2, 'same')],
  }), // prettier-ignore
];
