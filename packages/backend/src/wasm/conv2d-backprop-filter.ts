import type { TensorInfo } from '@tensorflow/tfjs';
import { type ConvolutionAttributes, convolution, eachBlock, withOutput } from './convolution.js';
import { address, type KernelArguments, zeros } from './kernel.js';
import { simd } from './simd.js';

interface Attributes extends ConvolutionAttributes {
  filterShape: number[];
}

/** Conv2DBackpropFilter, which stock wasm lacks: windows(x)ᵀ·dy. */
export function conv2dBackpropFilter({
  inputs,
  attrs,
  backend,
}: KernelArguments<'x' | 'dy', Attributes>): TensorInfo {
  const shape = convolution(inputs.x.shape, attrs.filterShape, attrs);
  const { taps, channels, geometry } = shape;
  const { gather, gemm, scratch } = simd(backend);
  const out = zeros(attrs.filterShape, backend);
  withOutput(inputs.dy, shape, backend, (dy) =>
    eachBlock(shape, backend, (from, to, rows) => {
      const dyAt = address(dy, backend) + 4 * from * channels;
      gather(address(inputs.x, backend), ...geometry, from, to, rows);
      gemm(taps, to - from, channels, rows, 1, taps, dyAt, channels, 1, address(out, backend), 1, scratch);
    }),
  );
  return out;
}
