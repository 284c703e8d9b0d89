import type { TensorInfo } from '@tensorflow/tfjs';

import { isFloat, type NativeKernel, type NativeKernels } from '../kernel.js';
import type { NativeBackend } from '../types.js';
import { copyView, stepsOf } from './copy.js';

interface ResizeAttrs {
  size: [number, number];
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

/** [rows, length], row after row: how much of each of `length` values goes into each of `rows`. */
type Weights = (length: number, rows: number, attrs: ResizeAttrs) => Float32Array;

/** Where a row lies among `length` values, as TensorFlow.js counts. */
function placeOf(row: number, length: number, rows: number, attrs: ResizeAttrs, half: number): number {
  const corners = attrs.alignCorners && rows > 1 ? 1 : 0;
  const ratio = (length - corners) / (rows - corners);
  return attrs.halfPixelCenters ? ratio * (row + 0.5) - half : ratio * row;
}

const nearest: Weights = (length, rows, attrs) => {
  const weights = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const place = placeOf(row, length, rows, attrs, 0);
    const at = attrs.alignCorners ? Math.round(place) : Math.floor(place);
    weights[row * length + Math.max(0, Math.min(length - 1, at))] = 1;
  }
  return weights;
};

const bilinear: Weights = (length, rows, attrs) => {
  const weights = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const place = Math.max(0, Math.min(length - 1, placeOf(row, length, rows, attrs, 0.5)));
    const first = Math.floor(place);
    const second = Math.min(length - 1, first + 1);
    weights[row * length + first]! += 1 - (place - first);
    weights[row * length + second]! += place - first;
  }
  return weights;
};

/** Rows and columns are resized by a product with a small matrix each. */
const resize =
  (weights: Weights): NativeKernel<ResizeAttrs> =>
  (backend, { images }, attrs) => {
    if (!images || !isFloat(images)) return undefined;
    const [batch, height, width, channels] = images.shape as [number, number, number, number];
    const [newHeight, newWidth] = attrs.size;
    if (weights === nearest && repeatsOnly(images, attrs)) return repeated(backend, images, attrs.size);
    const multiply = (matrix: TensorInfo, of: TensorInfo, images: number, inner: number, shape: number[]) => {
      const [rows, length] = matrix.shape as [number, number];
      const out = backend.output(shape, 'float32');
      backend.launch('MatMul', [1, images, rows, inner, length, 0, 0, 0, 0, 0], [matrix, of], [out]);
      return out;
    };
    const down = matrixOf(backend, weights(height, newHeight, attrs), newHeight, height);
    const across = matrixOf(backend, weights(width, newWidth, attrs), newWidth, width);
    const tall = multiply(down, images, batch, width * channels, [batch, newHeight, width, channels]);
    const out = multiply(across, tall, batch * newHeight, channels, [batch, newHeight, newWidth, channels]);
    for (const info of [down, across, tall]) backend.disposeIntermediateTensorInfo(info);
    return out;
  };

const matrixOf = (backend: NativeBackend, values: Float32Array, rows: number, columns: number) =>
  backend.makeTensorInfo([rows, columns], 'float32', values);

const repeatsOnly = ({ shape }: TensorInfo, { size, alignCorners }: ResizeAttrs) =>
  !alignCorners && size[0] % shape[1]! === 0 && size[1] % shape[2]! === 0;

/** Every row and every column several times: one copy. */
function repeated(backend: NativeBackend, images: TensorInfo, [height, width]: [number, number]): TensorInfo {
  const [batch, oldHeight, oldWidth, channels] = images.shape as [number, number, number, number];
  const [down, across] = [height / oldHeight, width / oldWidth];
  const out = backend.output([batch, height, width, channels], 'float32');
  const [, row, column] = stepsOf(images.shape) as [number, number, number];
  copyView(
    backend,
    [batch * oldHeight, down, oldWidth, across, channels],
    { info: images, offset: 0, steps: [row, 0, column, 0, 1] },
    { info: out, offset: 0, steps: stepsOf([batch * oldHeight, down, oldWidth, across, channels]) },
  );
  return out;
}

export const resizeKernels: NativeKernels = {
  ResizeNearestNeighbor: resize(nearest) as NativeKernel,
  ResizeBilinear: resize(bilinear) as NativeKernel,
};
