import { addProducts } from './dense.js';
import type { Activation } from './network.js';

/** A convolution or transposed convolution between maps `[height, width, channels]`, as TensorFlow.js lays them out. */
export interface Convolution {
  kind: 'convolution' | 'transposed-convolution';
  from: { side: number; channels: number };
  to: { side: number; channels: number };
  kernelSize: number;
  stride: number;
  /** Rows and columns that a window reaches beyond the upper left corner of the larger map. */
  padding: number;
  /** `[kernelSize, kernelSize, from.channels, to.channels]`, also where it is transposed. */
  kernel: Float32Array;
  /** `[to.channels]` */
  bias: Float32Array;
  activation: Activation;
}

/** Every output reads the window of inputs around stride times its place. */
export function convolve(layer: Convolution, input: Float32Array): Float32Array {
  const output = startFromBias(layer);
  eachPair(layer, layer.to.side, layer.from.side, (small, large, tap) =>
    add(layer, input, large, tap, output, small),
  );
  return output;
}

/** Every input is spread over the window of outputs around stride times its place. */
export function convolveTransposed(layer: Convolution, input: Float32Array): Float32Array {
  const output = startFromBias(layer);
  eachPair(layer, layer.from.side, layer.to.side, (small, large, tap) =>
    add(layer, input, small, tap, output, large),
  );
  return output;
}

/** Places of the smaller and the larger map that a tap of the kernel connects. */
function eachPair(
  { kernelSize, stride, padding }: Convolution,
  smallSide: number,
  largeSide: number,
  visit: (small: number, large: number, tap: number) => void,
): void {
  for (let y = 0; y < smallSide; y++)
    for (let ky = 0; ky < kernelSize; ky++) {
      const largeY = y * stride - padding + ky;
      if (largeY < 0 || largeY >= largeSide) continue;
      for (let x = 0; x < smallSide; x++)
        for (let kx = 0; kx < kernelSize; kx++) {
          const largeX = x * stride - padding + kx;
          if (largeX < 0 || largeX >= largeSide) continue;
          visit(y * smallSide + x, largeY * largeSide + largeX, ky * kernelSize + kx);
        }
    }
}

function add(
  { from, to, kernel }: Convolution,
  input: Float32Array,
  inputPlace: number,
  tap: number,
  output: Float32Array,
  outputPlace: number,
): void {
  const inputs = { input, at: inputPlace * from.channels, inputs: from.channels };
  addProducts(
    inputs,
    kernel,
    tap * from.channels * to.channels,
    output,
    outputPlace * to.channels,
    to.channels,
  );
}

function startFromBias({ to, bias }: Convolution): Float32Array {
  const output = new Float32Array(to.side * to.side * to.channels);
  for (let i = 0; i < output.length; i += to.channels) output.set(bias, i);
  return output;
}
