import * as tf from '@tensorflow/tfjs';
import { alongRowsAndColumns } from './along-rows-and-columns.js';

interface Attributes {
  size: [number, number];
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

/**
 * Resizing is linear, along the rows and along the columns, so its gradient is the product with the two transposed
 * matrices. They are found by resizing an identity matrix, which holds for whatever the backend in use computes.
 *
 * Stock kernels take the first image's gradient for every image of a batch (nearest, `cpu`), throw where images are
 * not square (bilinear, `cpu`), and know nothing of half-pixel centres.
 */
const resize = (kernelName: 'ResizeNearestNeighbor' | 'ResizeBilinear'): tf.GradConfig => ({
  kernelName,
  inputsToSave: ['images'],
  gradFunc: (dy, [images], attributes) => ({
    images: () => {
      const attrs = attributes as unknown as Attributes;
      const gradient = dy as tf.Tensor4D;
      const [, height, width] = images!.shape as tf.Tensor4D['shape'];
      const sides = repeats(height, width, attrs);
      if (kernelName === 'ResizeNearestNeighbor' && sides)
        return tf.mul(tf.avgPool(gradient, sides, sides, 'valid'), sides[0] * sides[1]);
      return alongRowsAndColumns(
        gradient,
        matrix(kernelName, height, attrs.size[0], attrs),
        matrix(kernelName, width, attrs.size[1], attrs),
      );
    },
  }),
});

/** How often nearest resizing repeats every row and every column, where it does nothing else. */
function repeats(
  height: number,
  width: number,
  { size, alignCorners }: Attributes,
): [number, number] | undefined {
  const down = size[0] / height;
  const across = size[1] / width;
  return !alignCorners && Number.isInteger(down) && Number.isInteger(across) ? [down, across] : undefined;
}

/** The transposed matrix, [length, newLength], of resizing `length` values to `newLength`. */
function matrix(
  kernelName: string,
  length: number,
  newLength: number,
  { alignCorners, halfPixelCenters }: Attributes,
): tf.Tensor2D {
  const identity = tf.eye(length).reshape([1, length, 1, length]);
  const attrs = { size: [newLength, 1], alignCorners, halfPixelCenters };
  const resized = tf.engine().runKernel(kernelName, { images: identity }, attrs) as tf.Tensor4D;
  return resized.reshape([newLength, length]).transpose() as tf.Tensor2D;
}

export const resizing = [resize('ResizeNearestNeighbor'), resize('ResizeBilinear')];
