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
      const attrs = attributes as unknown as Attributes;
      const axes = axesOf(x!, attrs);
      const weighted = axes.reduce((gradient, axis, d) => {
        const inside = insideOf(axis);
        if (inside.every((count) => count === axis.filter)) return gradient;
        const shape = gradient.shape.map((_, other) => (other === d + 1 ? axis.windows : 1));
        return tf.mul(gradient, tf.tensor(inside.map((count) => axis.filter / count), shape)); // prettier-ignore
      }, dy as tf.Tensor);
      return run(`${kernelName}Grad`, { dy: weighted, input: x! }, attributesOf(attrs, axes));
    },
  }),
});

/** The stock gradient leaves out how the number of windows was rounded, and so takes other windows. */
const maximum: tf.GradConfig = {
  kernelName: 'MaxPool',
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, y], attributes) => ({
    x: () => {
      const attrs = attributes as unknown as Attributes;
      const inputs = { dy: dy as tf.Tensor, input: x!, output: y! };
      return run('MaxPoolGrad', inputs, attributesOf(attrs, axesOf(x!, attrs)));
    },
  }),
};

const run = (name: string, inputs: Record<string, tf.Tensor>, attrs: object) =>
  tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap) as tf.Tensor;

function axesOf(x: tf.Tensor, { filterSize, strides, pad, dimRoundingMode }: Attributes): Axis[] {
  const given = [filterSize as number, strides as number, 1, pad as number, dimRoundingMode] as const;
  const info =
    x.rank === 4
      ? tf.backend_util.computePool2DInfo(x.shape as tf.Tensor4D['shape'], ...given)
      : tf.backend_util.computePool3DInfo(x.shape as tf.Tensor5D['shape'], ...given);
  const axis = (side: 'Depth' | 'Height' | 'Width', before: number): Axis => {
    const numbers = info as unknown as Record<string, number>;
    const [length, windows] = [numbers[`in${side}`]!, numbers[`out${side}`]!];
    return { length, windows, filter: numbers[`filter${side}`]!, stride: numbers[`stride${side}`]!, before };
  };
  const plane = [axis('Height', info.padInfo.top), axis('Width', info.padInfo.left)];
  return 'front' in info.padInfo ? [axis('Depth', info.padInfo.front), ...plane] : plane;
}

/** How many values of each window lie in the image. */
const insideOf = ({ length, windows, filter, stride, before }: Axis): number[] =>
  Array.from({ length: windows }, (_, i) => {
    const begin = i * stride - before;
    return Math.min(begin + filter, length) - Math.max(begin, 0);
  });

/** The same windows in words that do not depend on rounding, which the kernels of gradients in 2-D leave out. */
function attributesOf(attrs: Attributes, axes: Axis[]): Attributes {
  if (!attrs.dimRoundingMode || axes.length > 2) return attrs;
  const padding = axes.map(({ length, windows, filter, stride, before }): [number, number] => [
    before,
    Math.max(0, (windows - 1) * stride + filter - length - before),
  ]);
  const { filterSize, strides } = attrs;
  return { filterSize, strides, pad: [[0, 0], padding[0]!, padding[1]!, [0, 0]] };
}

export const pooling = [average('AvgPool'), average('AvgPool3D'), maximum];
