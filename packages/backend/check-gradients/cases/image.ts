import * as tf from '@tensorflow/tfjs';
import { type Case, of } from '../case.js';

type Resize = (x: tf.Tensor4D, size: [number, number], alignCorners?: boolean, halfPixelCenters?: boolean) => tf.Tensor; // prettier-ignore

const sizes: Record<string, [number, number]> = {
  'twice the size': [6, 8],
  'larger, not a multiple': [5, 7],
  smaller: [2, 3],
  'taller and narrower': [7, 2],
  'one pixel': [1, 1],
};

const resizing = (op: string, resize: Resize): Case[] =>
  of(
    op,
    Object.fromEntries(
      Object.entries(sizes).flatMap(([name, size]) => [
        [name, [[[2, 3, 4, 2]], (x: tf.Tensor4D) => resize(x, size)]],
        [`${name}, corners aligned`, [[[2, 3, 4, 2]], (x: tf.Tensor4D) => resize(x, size, true)]],
        [`${name}, half-pixel centres`, [[[2, 3, 4, 2]], (x: tf.Tensor4D) => resize(x, size, false, true)]],
      ]),
    ),
  );

export const images: Case[] = [
  ...resizing('image.resizeNearestNeighbor', (x, size, corners, half) => tf.image.resizeNearestNeighbor(x, size, corners, half)), // prettier-ignore
  ...resizing('image.resizeBilinear', (x, size, corners, half) => tf.image.resizeBilinear(x, size, corners, half)), // prettier-ignore
  ...of('image.resizeNearestNeighbor', { 'one image': [[[3, 4, 2]], (x: tf.Tensor3D) => tf.image.resizeNearestNeighbor(x, [6, 8])] }), // prettier-ignore
  ...of('image.resizeBilinear', { 'one image': [[[3, 4, 2]], (x: tf.Tensor3D) => tf.image.resizeBilinear(x, [5, 3])] }), // prettier-ignore
  ...of('image.flipLeftRight', { '': [[[2, 3, 4, 2]], (x: tf.Tensor4D) => tf.image.flipLeftRight(x)] }),
  ...of('image.rotateWithOffset', { 'a quarter': [[[2, 3, 4, 2]], (x: tf.Tensor4D) => tf.image.rotateWithOffset(x, 1.5)] }), // prettier-ignore
  ...of('image.cropAndResize', { 'a corner': [[[2, 3, 4, 2]], (x: tf.Tensor4D) => tf.image.cropAndResize(x, tf.tensor2d([[0, 0, 0.5, 0.5]]), tf.tensor1d([1], 'int32'), [2, 2])] }), // prettier-ignore
  ...of('image.transform', { 'shifted': [[[2, 3, 4, 2]], (x: tf.Tensor4D) => tf.image.transform(x, tf.tensor2d([[1, 0, 1, 0, 1, 0, 0, 0]]))] }), // prettier-ignore
  ...of('image.grayscaleToRGB', { '': [[[2, 3, 4, 1]], (x: tf.Tensor4D) => tf.image.grayscaleToRGB(x)] }),
  ...of('image.rgbToGrayscale', { '': [[[2, 3, 4, 3]], (x: tf.Tensor4D) => tf.image.rgbToGrayscale(x)] }),
];
