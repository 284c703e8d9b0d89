import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

type Sides = number | [number, number];
type Pad = 'valid' | 'same' | number;
type Rounding = 'floor' | 'round' | 'ceil';

const flat = (op: 'avgPool' | 'maxPool', size: Sides, strides: Sides, pad: Pad, rounding?: Rounding): [number[][], (x: tf.Tensor4D) => tf.Tensor] =>
  [[[2, 5, 4, 2]], (x) => tf[op](x, size, strides, pad, rounding)]; // prettier-ignore

const deep = (op: 'avgPool3d' | 'maxPool3d', size: number, strides: number, pad: Pad, rounding?: Rounding): [number[][], (x: tf.Tensor5D) => tf.Tensor] =>
  [[[2, 3, 4, 3, 2]], (x) => tf[op](x, size, strides, pad, rounding)]; // prettier-ignore

export const pooling: Case[] = [
  ...(['avgPool', 'maxPool'] as const).flatMap((op) =>
    of(op, {
      valid: flat(op, 2, 2, 'valid'),
      same: flat(op, 2, 2, 'same'),
      'same, 3 × 2 with stride 1': flat(op, [3, 2], 1, 'same'),
      overlapping: flat(op, 3, 2, 'valid'),
      'overlapping, same': flat(op, 3, 2, 'same'),
      'strides larger than the window': flat(op, 2, 3, 'same'),
      'a padding of 1': flat(op, 3, 2, 1),
      'a size rounded up': flat(op, 2, 2, 0, 'ceil'),
      'a size rounded': flat(op, 3, 2, 1, 'round'),
      'a padding of 1, 3 × 2': flat(op, [3, 2], [1, 2], 1),
      'one image': [[[5, 4, 2]], (x: tf.Tensor3D) => tf[op](x, 2, 2, 'same')],
      'windows of one pixel': flat(op, 1, 2, 'same'),
    }),
  ),
  ...(['avgPool3d', 'maxPool3d'] as const).flatMap((op) =>
    of(op, {
      valid: deep(op, 2, 2, 'valid'),
      same: deep(op, 2, 2, 'same'),
      'overlapping, same': deep(op, 3, 2, 'same'),
      'strides larger than the window': deep(op, 2, 3, 'same'),
      'windows of 1 × 3 × 2': [
        [[2, 3, 4, 3, 2]],
        (x: tf.Tensor5D) => tf[op](x, [1, 3, 2], [1, 2, 1], 'same'),
      ],
      'negative values': [
        [{ shape: [2, 3, 4, 3, 2], from: -3, to: -1 }],
        (x: tf.Tensor5D) => tf[op](x, 2, 2, 'valid'),
      ],
      'a padding of 1': deep(op, 3, 2, 1),
      'a size rounded up': deep(op, 2, 2, 0, 'ceil'),
    }),
  ),
  ...of('pool', {
    averages: [[[2, 5, 4, 2]], (x: tf.Tensor4D) => tf.pool(x, 2, 'avg', 'same')],
    'dilated largest values': [[[2, 5, 4, 2]], (x: tf.Tensor4D) => tf.pool(x, 2, 'max', 'same', 2)],
    'dilated averages': [[[2, 5, 4, 2]], (x: tf.Tensor4D) => tf.pool(x, 2, 'avg', 'valid', 2)],
  }),
  ...of('maxPoolWithArgmax', { 'valid': [[[2, 4, 4, 2]], (x: tf.Tensor4D) => tf.maxPoolWithArgmax(x, 2, 2, 'valid').result as tf.Tensor] }), // prettier-ignore
];
