import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

export const arranging: Case[] = [
  ...of('reshape', { '2 × 6 as 3 × 4': [[[2, 6]], (x: tf.Tensor) => tf.reshape(x, [3, -1])] }),
  ...of('expandDims', { 'in the middle': [[[2, 3]], (x: tf.Tensor) => tf.expandDims(x, 1)] }),
  ...of('squeeze', { 'one of two': [[[2, 1, 3, 1]], (x: tf.Tensor) => tf.squeeze(x, [1])] }),
  ...of('ensureShape', { 'as it is': [[[2, 3]], (x: tf.Tensor) => tf.ensureShape(x, [2, 3])] }),
  ...of('transpose', {
    '2 × 3': [[[2, 3]], (x: tf.Tensor) => tf.transpose(x)],
    'a cycle of three axes': [[[2, 3, 4]], (x: tf.Tensor) => tf.transpose(x, [1, 2, 0])],
    'of four': [[[2, 3, 4, 2]], (x: tf.Tensor) => tf.transpose(x, [0, 3, 1, 2])],
  }),
  ...of('reverse', {
    'two axes': [[[2, 3, 2]], (x: tf.Tensor) => tf.reverse(x, [0, 2])],
    all: [[[2, 3]], (x: tf.Tensor) => tf.reverse(x)],
  }),
  ...of('reverse1d', { '': [[[4]], (x: tf.Tensor1D) => tf.reverse1d(x)] }),
  ...of('reverse2d', { rows: [[[3, 2]], (x: tf.Tensor2D) => tf.reverse2d(x, 0)] }),
  ...of('reverse3d', { last: [[[2, 2, 3]], (x: tf.Tensor3D) => tf.reverse3d(x, -1)] }),
  ...of('reverse4d', { space: [[[2, 3, 2, 2]], (x: tf.Tensor4D) => tf.reverse4d(x, [1, 2])] }),
  ...of('slice', {
    'the middle of rank 3': [[[3, 4, 2]], (x: tf.Tensor) => tf.slice(x, [1, 1, 0], [2, 2, 1])],
    'to the end': [[[3, 4]], (x: tf.Tensor) => tf.slice(x, [1, 2])],
    'of rank 5': [[[2, 2, 2, 3, 2]], (x: tf.Tensor) => tf.slice(x, [0, 1, 0, 1, 0], [2, 1, 1, 2, 2])],
  }),
  ...of('slice1d', { '': [[[5]], (x: tf.Tensor1D) => tf.slice1d(x, 1, 3)] }),
  ...of('slice2d', { '': [[[3, 4]], (x: tf.Tensor2D) => tf.slice2d(x, [1, 1], [2, 2])] }),
  ...of('slice3d', { '': [[[2, 3, 2]], (x: tf.Tensor3D) => tf.slice3d(x, [0, 1, 1], [2, 2, 1])] }),
  ...of('slice4d', { '': [[[2, 3, 2, 2]], (x: tf.Tensor4D) => tf.slice4d(x, [1, 0, 1, 0], [1, 2, 1, 2])] }),
  ...of('stridedSlice', { 'every second': [[[5, 4]], (x: tf.Tensor) => tf.stridedSlice(x, [0, 1], [5, 4], [2, 2])] }), // prettier-ignore
  ...of('split', {
    'in equal parts': [[[2, 4, 2]], (x: tf.Tensor) => { const [a, b] = tf.split(x, 2, 1); return tf.mul(a!, b!); }],
    'in unequal parts': [[[2, 5]], (x: tf.Tensor) => { const [a, b] = tf.split(x, [2, 3], -1); return tf.concat([tf.square(b!), a!], 1); }],
  }), // prettier-ignore
  ...of('unstack', { 'the middle axis': [[[2, 3, 2]], (x: tf.Tensor) => { const [a, b, c] = tf.unstack(x, 1); return tf.add(tf.mul(a!, b!), c!); }] }), // prettier-ignore
  ...of('unstack', { 'one part': [[[1, 3]], (x: tf.Tensor) => tf.unstack(x)[0]!] }),
  ...of('split', { 'one part': [[[2, 3]], (x: tf.Tensor) => tf.split(x, 1, 1)[0]!] }),
  ...of('stack', {
    'in the middle': [
      [
        [2, 3],
        [2, 3],
      ],
      (a: tf.Tensor, b: tf.Tensor) => tf.stack([a, b, a], 1),
    ],
    'at the end': [
      [
        [2, 3],
        [2, 3],
      ],
      (a: tf.Tensor, b: tf.Tensor) => tf.stack([a, b], -1),
    ],
  }),
  ...of('concat', {
    'different sides': [
      [
        [2, 3, 2],
        [2, 1, 2],
      ],
      (a: tf.Tensor, b: tf.Tensor) => tf.concat([a, b, a], 1),
    ],
    'the last axis': [
      [
        [2, 3],
        [2, 2],
      ],
      (a: tf.Tensor, b: tf.Tensor) => tf.concat([a, b], -1),
    ],
  }),
  ...of('concat1d', { '': [[[2], [3]], (a: tf.Tensor1D, b: tf.Tensor1D) => tf.concat1d([a, b])] }),
  ...of('concat2d', {
    '': [
      [
        [2, 1],
        [2, 3],
      ],
      (a: tf.Tensor2D, b: tf.Tensor2D) => tf.concat2d([a, b], 1),
    ],
  }),
  ...of('concat3d', { '': [[[2, 1, 2], [2, 3, 2]], (a: tf.Tensor3D, b: tf.Tensor3D) => tf.concat3d([a, b], 1)] }), // prettier-ignore
  ...of('concat4d', { '': [[[2, 1, 2, 1], [1, 1, 2, 1]], (a: tf.Tensor4D, b: tf.Tensor4D) => tf.concat4d([a, b], 0)] }), // prettier-ignore
  ...of('pad', {
    'rank 2': [[[2, 3]], (x: tf.Tensor) => tf.pad(x, [[1, 0], [2, 1]], 0.5)],
    'rank 5': [[[2, 1, 2, 3, 1]], (x: tf.Tensor) => tf.pad(x, [[0, 0], [1, 0], [0, 1], [1, 1], [0, 0]])],
  }), // prettier-ignore
  ...of('pad1d', { '': [[[3]], (x: tf.Tensor1D) => tf.pad1d(x, [1, 2])] }),
  ...of('pad2d', { '': [[[2, 3]], (x: tf.Tensor2D) => tf.pad2d(x, [[1, 0], [0, 2]])] }), // prettier-ignore
  ...of('pad3d', { '': [[[2, 3, 2]], (x: tf.Tensor3D) => tf.pad3d(x, [[1, 0], [0, 2], [1, 1]])] }), // prettier-ignore
  ...of('pad4d', { '': [[[2, 3, 2, 2]], (x: tf.Tensor4D) => tf.pad4d(x, [[0, 0], [1, 2], [2, 1], [0, 0]])] }), // prettier-ignore
  ...of('mirrorPad', {
    'reflect': [[[2, 3, 4, 2]], (x: tf.Tensor4D) => tf.mirrorPad(x, [[0, 0], [2, 1], [3, 2], [0, 0]], 'reflect')],
    'symmetric': [[[2, 3, 4, 2]], (x: tf.Tensor4D) => tf.mirrorPad(x, [[0, 0], [3, 1], [1, 4], [0, 0]], 'symmetric')],
    'one side only': [[[2, 4]], (x: tf.Tensor) => tf.mirrorPad(x, [[0, 0], [0, 3]], 'reflect')],
    'rank 1': [[[4]], (x: tf.Tensor) => tf.mirrorPad(x, [[1, 2]], 'symmetric')],
  }), // prettier-ignore
  ...of('tile', {
    'rank 1': [[[3]], (x: tf.Tensor) => tf.tile(x, [2])],
    'rank 3': [[[2, 3, 1]], (x: tf.Tensor) => tf.tile(x, [1, 2, 3])],
    'rank 5': [[[1, 2, 1, 2, 1]], (x: tf.Tensor) => tf.tile(x, [2, 1, 3, 2, 1])],
  }),
  ...of('broadcastTo', {
    'along two axes': [[[2, 1, 3, 1]], (x: tf.Tensor) => tf.broadcastTo(x, [2, 2, 3, 2])],
    'to a higher rank': [[[3, 1]], (x: tf.Tensor) => tf.broadcastTo(x, [2, 3, 2])],
  }),
  ...of('spaceToBatchND', {
    'padded': [[[2, 3, 5, 2]], (x: tf.Tensor) => tf.spaceToBatchND(x, [2, 3], [[1, 0], [0, 1]])],
  }), // prettier-ignore
  ...of('batchToSpaceND', {
    'cropped': [[[12, 2, 2, 1]], (x: tf.Tensor) => tf.batchToSpaceND(x, [2, 3], [[1, 0], [0, 1]])],
  }), // prettier-ignore
  ...of('depthToSpace', { 'blocks of two': [[[2, 2, 3, 8]], (x: tf.Tensor4D) => tf.depthToSpace(x, 2, 'NHWC')] }), // prettier-ignore
  ...of('diag', { '': [[[3]], (x: tf.Tensor) => tf.diag(x)] }),
  ...of('linalg.bandPart', {
    'the lower triangle': [[[3, 3]], (x: tf.Tensor) => tf.linalg.bandPart(x, -1, 0)],
  }),
];
