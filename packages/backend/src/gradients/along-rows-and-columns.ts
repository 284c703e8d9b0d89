import * as tf from '@tensorflow/tfjs';

/**
 * Images multiplied by one matrix along their rows and by one along their columns:
 * [batch, height, width, channels] → [batch, newHeight, newWidth, channels].
 *
 * @param rows [newHeight, height]
 * @param columns [newWidth, width]
 */
export function alongRowsAndColumns(
  images: tf.Tensor4D,
  rows: tf.Tensor2D,
  columns: tf.Tensor2D,
): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const [newHeight] = rows.shape;
  const [newWidth] = columns.shape;
  const tall = tf.matMul(
    rows.reshape([1, newHeight, height]),
    images.reshape([batch, height, width * channels]),
  );
  const wide = tf.matMul(
    columns.reshape([1, newWidth, width]),
    tall.reshape([batch * newHeight, width, channels]),
  );
  return wide.reshape([batch, newHeight, newWidth, channels]);
}
