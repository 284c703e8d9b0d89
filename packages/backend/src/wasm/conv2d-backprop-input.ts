import type { TensorInfo } from '@tensorflow/tfjs';
import { type ConvolutionAttributes, convolution, eachBlock, withOutput } from './convolution.js';
import { address, type KernelArguments, zeros } from './kernel.js';
import { simd } from './simd.js';

interface Attributes extends ConvolutionAttributes {
  inputShape: number[];
}

/**
 * Conv2DBackpropInput, also the transposed convolution: windows(dx) += dy·filterᵀ. Stock wasm walks it in a slow loop.
 */
export function conv2dBackpropInput({
  inputs,
  attrs,
  backend,
}: KernelArguments<'dy' | 'filter', Attributes>): TensorInfo {
  const shape = convolution(attrs.inputShape, inputs.filter.shape, attrs);
  const { taps, channels, geometry } = shape;
  const { scatter, gemm, scratch } = simd(backend);
  const out = zeros(attrs.inputShape, backend);
  withOutput(inputs.dy, shape, backend, (dy) =>
    eachBlock(shape, backend, (from, to, rows) => {
      const dyAt = address(dy, backend) + 4 * from * channels;
      const filterAt = address(inputs.filter, backend);
      gemm(to - from, channels, taps, dyAt, channels, 1, filterAt, 1, channels, rows, 0, scratch);
      scatter(address(out, backend), ...geometry, from, to, rows);
    }),
  );
  return out;
}
