import * as tf from '@tensorflow/tfjs';

/**
 * Takes the gradients of a small convolution and of a small product on the backend in use, with whole numbers, whose
 * results are exact.
 * @throws Error where they are not what they should be
 */
export async function checkArithmetic(): Promise<void> {
  const results = tf.tidy(() => {
    const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const matrix = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const convolve = (filter: tf.Tensor) => tf.conv2d(image, filter as tf.Tensor4D, 1, 'valid');
    const multiply = (left: tf.Tensor) => tf.matMul(left as tf.Tensor2D, matrix);
    return [tf.grad(convolve)(tf.ones([2, 2, 1, 1])), tf.grad(multiply)(tf.ones([1, 2]))];
  });
  const found = await Promise.all(results.map((tensor) => tensor.data()));
  tf.dispose(results);
  const expected = [
    [12, 16, 24, 28], // the sums of the four patches of the image
    [3, 7], // the sums of the rows of the matrix
  ];
  if (JSON.stringify(found.map((values) => [...values])) !== JSON.stringify(expected))
    throw new Error(
      `Cannot rely on its arithmetic: found gradients ${found.join(' and ')}, expected ${expected.join(' and ')}`,
    );
}
