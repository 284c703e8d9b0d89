import { activationOf } from '../activation.js';
import { addProducts } from '../add-products.js';
import type { LayerKind } from '../layer.js';
import { pairsOf } from '../windows.js';
import { startFromBias } from './convolution.js';

/** Between maps `[height, width, channels]`: every input is spread over the window of outputs around stride times its place. */
export const conv2dTranspose: LayerKind = {
  follows: ['strides', 'padding', 'activation'],
  only: { dataFormat: 'channelsLast' },
  make(reader, from) {
    const { shape, data } = reader.weight('kernel', 4);
    const [kernelHeight, kernelWidth, outputs, inputs] = shape as [number, number, number, number];
    if (from.length !== 3 || from[2] !== inputs)
      throw reader.wrong(
        `a kernel of shape [${shape}] behind values of shape [${from}]`,
        `one of ${from[2]} channels`,
      );
    const strides = reader.wholes('strides', 2, 1);
    const padding = reader.oneOf('padding', ['same', 'valid']);
    const bias = reader.vector('bias', outputs);
    const activate = activationOf(reader);
    const kernel = swapLastSides(data, outputs, inputs);
    const size = [kernelHeight, kernelWidth];
    const large = size.map(
      (side, axis) =>
        from[axis]! * strides[axis]! + (padding === 'valid' ? Math.max(side - strides[axis]!, 0) : 0),
    );
    const eachPair = pairsOf({ large, small: from, size, strides, padding });
    return {
      shape: [...large, outputs],
      run(input) {
        const sums = startFromBias(large[0]! * large[1]!, outputs, bias);
        eachPair((at, to, tap) =>
          addProducts(
            { input, at: at * inputs, inputs },
            { kernel, from: tap * inputs * outputs, outputs },
            sums,
            to * outputs,
          ),
        );
        return activate(sums);
      },
    };
  },
};

/** `[…, rows, columns]` → `[…, columns, rows]`; TensorFlow.js keeps a transposed kernel with its outputs first. */
function swapLastSides(kernel: Float32Array, rows: number, columns: number): Float32Array {
  const swapped = new Float32Array(kernel.length);
  for (let start = 0; start < kernel.length; start += rows * columns)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        swapped[start + column * rows + row] = kernel[start + row * columns + column]!;
  return swapped;
}
