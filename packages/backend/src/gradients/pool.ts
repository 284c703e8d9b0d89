import * as tf from '@tensorflow/tfjs';

interface Attributes {
  filterSize: number | number[];
  strides: number | number[];
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** One axis of a pooling: windows of `filter` values, `stride` apart, the first of them beginning at −`before`. */
interface Axis {
  length: number;
  windows: number;
  filter: number;
  stride: number;
  before: number;
}

/**
 * The average of a window that reaches over the border is that of the values inside; the stock gradient divides by
 * the size of the whole window. Here dy is first multiplied by whole size / values inside.
 */
const average = (kernelName: 'AvgPool' | 'AvgPool3D'): tf.GradConfig => ({
  kernelName,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => ({
    x: () => {
      const axes = axesOf(x!, dy as tf.Tensor, attributes as unknown as Attributes);
      const weighted = axes.reduce((gradient, axis, d) => {
        const inside = insideOf(axis);
        if (inside.every((count) => count === axis.filter)) return gradient;
        const shape = gradient.shape.map((_, other) => (other === d + 1 ? axis.windows : 1));
        return tf.mul(gradient, tf.tensor(inside.map((count) => axis.filter / count), shape)); // prettier-ignore
      }, dy as tf.Tensor);
      const inputs = { dy: weighted, input: x! };
      return tf.engine().runKernel(`${kernelName}Grad`, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
    },
  }),
});

/** As many windows as the result has: what TensorFlow.js counts is not always that. */
function axesOf(
  x: tf.Tensor,
  dy: tf.Tensor,
  { filterSize, strides, pad, dimRoundingMode }: Attributes,
): Axis[] {
  const given = [filterSize as number, strides as number, 1, pad as number, dimRoundingMode] as const;
  const info =
    x.rank === 4
      ? tf.backend_util.computePool2DInfo(x.shape as tf.Tensor4D['shape'], ...given)
      : tf.backend_util.computePool3DInfo(x.shape as tf.Tensor5D['shape'], ...given);
  const axis = (side: 'Depth' | 'Height' | 'Width', d: number, before: number): Axis => {
    const numbers = info as unknown as Record<string, number>;
    const [length, windows] = [x.shape[d]!, dy.shape[d]!];
    return { length, windows, filter: numbers[`filter${side}`]!, stride: numbers[`stride${side}`]!, before };
  };
  const plane = [axis('Height', x.rank - 3, info.padInfo.top), axis('Width', x.rank - 2, info.padInfo.left)];
  return 'front' in info.padInfo ? [axis('Depth', 1, info.padInfo.front), ...plane] : plane;
}

/** How many values of each window lie in the image. */
const insideOf = ({ length, windows, filter, stride, before }: Axis): number[] =>
  Array.from({ length: windows }, (_, i) => {
    const begin = i * stride - before;
    return Math.min(begin + filter, length) - Math.max(begin, 0);
  });

export const pooling = [average('AvgPool'), average('AvgPool3D')];
