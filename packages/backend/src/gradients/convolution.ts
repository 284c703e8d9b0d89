import * as tf from '@tensorflow/tfjs';
import { alongRowsAndColumns } from './along-rows-and-columns.js';

type Dilations = [number, number] | number | null | undefined;

/** A dilated filter is a larger one with zeros between its values, and so are its gradients; stock ones throw. */
const convolution = (kernelName: string, byInput: string, byFilter: string): tf.GradConfig => ({
  kernelName,
  inputsToSave: ['x', 'filter'],
  gradFunc: (gradient, [x, filter], attributes) => {
    const dy = gradient as tf.Tensor;
    const { dilations, ...attrs } = attributes as { dilations: Dilations };
    const spread = spreading(filter as tf.Tensor4D, dilations);
    const run = (name: string, inputs: Record<string, tf.Tensor>, shape: object) =>
      tf.engine().runKernel(name, inputs, { ...attrs, dilations: 1, ...shape } as unknown as tf.NamedAttrMap) as tf.Tensor; // prettier-ignore
    return {
      x: () => run(byInput, { dy, filter: spread.out() }, { inputShape: x!.shape }),
      filter: () => spread.back(run(byFilter, { x: x!, dy }, { filterShape: spread.shape })),
    };
  },
});

/** A filter [height, width, in, out] with zeros between its values, and such a filter's gradient back to the values. */
function spreading(filter: tf.Tensor4D, dilations: Dilations) {
  const [down, across] =
    typeof dilations === 'object' && dilations ? dilations : [dilations ?? 1, dilations ?? 1];
  const { shape } = filter;
  if (down === 1 && across === 1)
    return { shape, out: () => filter, back: (gradient: tf.Tensor) => gradient };
  const [height, width, ins, outs] = shape;
  const larger = [(height - 1) * down + 1, (width - 1) * across + 1, ins, outs];
  // The filter as one image, of in · out channels.
  const move = (from: tf.Tensor, rows: tf.Tensor2D, columns: tf.Tensor2D, to: number[]) =>
    alongRowsAndColumns(from.reshape([1, from.shape[0]!, from.shape[1]!, ins * outs]), rows, columns).reshape(
      to,
    );
  const [rows, columns] = [() => placing(height, down), () => placing(width, across)];
  return {
    shape: larger,
    out: () => move(filter, rows(), columns(), larger),
    back: (gradient: tf.Tensor) => move(gradient, rows().transpose(), columns().transpose(), shape),
  };
}

/** [(length − 1)·step + 1, length]: puts the i-th value at i·step. */
function placing(length: number, step: number): tf.Tensor2D {
  const rows = (length - 1) * step + 1;
  const values = new Float32Array(rows * length);
  for (let i = 0; i < length; i++) values[i * step * length + i] = 1;
  return tf.tensor2d(values, [rows, length]);
}

/** The gradient of conv3dTranspose, which has no stock one. */
const transposed3d: tf.GradConfig = {
  kernelName: 'Conv3DBackpropInputV2',
  inputsToSave: ['dy', 'filter'],
  gradFunc: (gradient, [dy, filter], attributes) => {
    const { strides, pad } = attributes as unknown as { strides: number; pad: 'valid' | 'same' };
    const back = gradient as tf.Tensor5D;
    const attrs = { strides, pad, filterShape: filter!.shape };
    return {
      dy: () => tf.conv3d(back, filter as tf.Tensor5D, strides, pad),
      filter: () => tf.engine().runKernel('Conv3DBackpropFilterV2', { x: back, dy: dy! }, attrs),
    };
  },
};

export const convolving = [
  convolution('Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'),
  convolution(
    'DepthwiseConv2dNative',
    'DepthwiseConv2dNativeBackpropInput',
    'DepthwiseConv2dNativeBackpropFilter',
  ),
  transposed3d,
];
