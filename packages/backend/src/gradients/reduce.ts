import * as tf from '@tensorflow/tfjs';

/** The product of all others: of those before and those after, so that a zero does no harm. */
const product: tf.GradConfig = {
  kernelName: 'Prod',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => ({
    x: () => {
      const axes = axesOf(x!, (attributes as { axis: number | number[] }).axis);
      const kept = x!.shape.map((_, d) => d).filter((d) => !axes.includes(d));
      const order = [...kept, ...axes];
      const moved = tf.transpose(x!, order);
      const outer = kept.reduce((size, d) => size * x!.shape[d]!, 1);
      const factors = moved.reshape([outer, x!.size / Math.max(outer, 1)]);
      const others = tf.mul(tf.cumprod(factors, 1, true), tf.cumprod(factors, 1, true, true));
      const gradient = tf.mul(others, tf.reshape(dy as tf.Tensor, [outer, 1])).reshape(moved.shape);
      return tf.transpose(gradient, inverse(order));
    },
  }),
};

/** dy goes in equal parts to all places that have the largest value; the stock gradient gives each of them all. */
const extreme = (kernelName: 'Max' | 'Min'): tf.GradConfig => ({
  kernelName,
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, y], attributes) => ({
    x: () => {
      const { axis, reductionIndices } = attributes as { axis?: number[]; reductionIndices?: number[] };
      const axes = axesOf(x!, axis ?? reductionIndices);
      const kept = x!.shape.map((side, d) => (axes.includes(d) ? 1 : side));
      const places = tf.equal(x!, y!.reshape(kept)).cast('float32');
      const share = tf.div(tf.reshape(dy as tf.Tensor, kept), tf.sum(places, axes, true));
      return tf.mul(places, share);
    },
  }),
});

const axesOf = (x: tf.Tensor, axis: number | number[] | undefined | null): number[] =>
  tf.util.parseAxisParam((axis ?? x.shape.map((_, d) => d)) as number[], x.shape);

const inverse = (order: number[]): number[] => order.map((_, d) => order.indexOf(d));

export const reducing = [product, extreme('Max'), extreme('Min')];
