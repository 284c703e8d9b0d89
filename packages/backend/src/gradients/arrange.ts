import * as tf from '@tensorflow/tfjs';

/** The stock gradient moves the summed axis to the end, where it was not. */
const cumsum: tf.GradConfig = {
  kernelName: 'Cumsum',
  gradFunc: (dy, _saved, attributes) => {
    const { axis, exclusive, reverse } = attributes as { axis: number; exclusive: boolean; reverse: boolean };
    return { x: () => tf.cumsum(dy as tf.Tensor, axis, exclusive, !reverse) };
  },
};

/** Adds up the copies, an axis at a time; the stock gradient ends at rank 4. */
const tile: tf.GradConfig = {
  kernelName: 'Tile',
  gradFunc: (dy, _saved, attributes) => ({
    x: () =>
      (attributes as unknown as { reps: number[] }).reps.reduce(
        (gradient, count, axis) => (count > 1 ? tf.addN(tf.split(gradient, count, axis)) : gradient),
        dy as tf.Tensor,
      ),
  }),
};

/** Rows that were picked get what flows back to them; the stock gradient knows at most one batch dimension. */
const gather: tf.GradConfig = {
  kernelName: 'GatherV2',
  inputsToSave: ['x', 'indices'],
  gradFunc: (dy, [x, indices], attributes) => {
    const { axis, batchDims } = attributes as unknown as { axis: number; batchDims: number };
    return {
      x: () => scattered(dy as tf.Tensor, x!, indices!, axis < 0 ? axis + x!.rank : axis, batchDims),
      indices: () => tf.zeros(indices!.shape),
    };
  },
};

/** Brings the picked axis to the front, so that the rows can be added up by their number. */
function scattered(dy: tf.Tensor, x: tf.Tensor, indices: tf.Tensor, axis: number, batchDims = 0): tf.Tensor {
  const size = (sides: number[]) => sides.reduce((product, side) => product * side, 1);
  const batch = size(x.shape.slice(0, batchDims));
  const between = size(x.shape.slice(batchDims, axis));
  const inner = size(x.shape.slice(axis + 1));
  const [length, picks] = [x.shape[axis]!, size(indices.shape.slice(batchDims))];
  const rows = dy.reshape([batch, between, picks, inner]).transpose([0, 2, 1, 3]);
  // Each of the batch has numbers of its own: [batch · picks] of [batch · length].
  const offsets = tf.mul(tf.range(0, batch, 1, 'int32'), tf.scalar(length, 'int32')).reshape([batch, 1]);
  const numbers = tf.add(indices.cast('int32').reshape([batch, picks]), offsets);
  const summed = tf.unsortedSegmentSum(
    rows.reshape([batch * picks, between * inner]),
    numbers.reshape([batch * picks]).cast('int32') as tf.Tensor1D,
    batch * length,
  );
  return summed.reshape([batch, length, between, inner]).transpose([0, 2, 1, 3]).reshape(x.shape);
}

/** Pixels move from channels into space, and back. There is no stock gradient. */
const depthToSpace: tf.GradConfig = {
  kernelName: 'DepthToSpace',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => ({
    x: () => {
      const { blockSize, dataFormat } = attributes as { blockSize: number; dataFormat: string };
      const last = dataFormat === 'NHWC';
      const gradient = last ? (dy as tf.Tensor) : tf.transpose(dy as tf.Tensor, [0, 2, 3, 1]);
      const [batch, height, width, channels] = gradient.shape as [number, number, number, number];
      const [down, across] = [height / blockSize, width / blockSize];
      // One axis after the other, so that no tensor has more than five: rows, then columns.
      const rows = gradient
        .reshape([batch * down, blockSize, width, channels])
        .transpose([0, 2, 1, 3]) // [batch · down, width, block, channels]
        .reshape([batch * down * across, blockSize, blockSize, channels]) // columns of a block, its rows
        .transpose([0, 2, 1, 3]);
      const folded = rows.reshape([batch, down, across, blockSize * blockSize * channels]);
      return (last ? folded : folded.transpose([0, 3, 1, 2])).reshape(x!.shape);
    },
  }),
};

/** Parts that were one tensor are put together again; the stock gradients throw where there is one part only. */
const together = (
  kernelName: string,
  input: string,
  join: (parts: tf.Tensor[], axis: number) => tf.Tensor,
): tf.GradConfig => ({
  kernelName,
  gradFunc: (dy, _saved, attributes) => ({
    [input]: () => join([dy].flat(), (attributes as { axis: number }).axis),
  }),
});

export const arranging = [
  together('SplitV', 'x', tf.concat),
  together('Unpack', 'value', tf.stack),
  cumsum,
  tile,
  gather,
  depthToSpace,
];
