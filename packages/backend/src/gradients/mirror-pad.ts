import * as tf from '@tensorflow/tfjs';

interface Attributes {
  paddings: [number, number][];
  mode: 'reflect' | 'symmetric';
}

/** What was mirrored into the border flows back to where it came from; the stock gradient loses it. */
export const mirrorPad: tf.GradConfig = {
  kernelName: 'MirrorPad',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => ({
    x: () => {
      const { paddings, mode } = attributes as unknown as Attributes;
      const skipped = mode === 'reflect' ? 1 : 0; // the border itself is not repeated
      return paddings.reduce(
        (gradient, [before, after], axis) => fold(gradient, axis, x!.shape[axis]!, before, after, skipped),
        dy as tf.Tensor,
      );
    },
  }),
};

/** Adds the borders before and after `length` values of one axis, mirrored back, to those values. */
function fold(
  dy: tf.Tensor,
  axis: number,
  length: number,
  before: number,
  after: number,
  skipped: number,
): tf.Tensor {
  if (before + after === 0) return dy;
  const part = (begin: number, size: number) => {
    const begins = dy.shape.map((_, d) => (d === axis ? begin : 0));
    return tf.slice(
      dy,
      begins,
      dy.shape.map((side, d) => (d === axis ? size : side)),
    );
  };
  const mirrored = (border: tf.Tensor, at: number) => {
    const rest = length - at - border.shape[axis]!;
    return tf.pad(
      tf.reverse(border, axis),
      dy.shape.map((_, d) => (d === axis ? [at, rest] : [0, 0])),
    );
  };
  const terms = [part(before, length)];
  if (before > 0) terms.push(mirrored(part(0, before), skipped));
  if (after > 0) terms.push(mirrored(part(before + length, after), length - skipped - after));
  return tf.addN(terms);
}
