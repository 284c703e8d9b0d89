import type { TensorInfo } from '@tensorflow/tfjs';
import { type ConvolutionAttributes, convolution, eachBlock } from './convolution.js';
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
  const { x, dy } = inputs;
  const shape = convolution(x.shape, attrs.filterShape, attrs);
  const { taps, channels, geometry } = shape;
  const out = zeros(attrs.filterShape, backend);
  const { gather, gemm, scratch } = simd(backend);
  eachBlock(shape, backend, (from, to, rows) => {
    const dyAt = address(dy, backend) + 4 * from * channels;
    gather(address(x, backend), ...geometry, from, to, rows);
    gemm(taps, to - from, channels, rows, 1, taps, dyAt, channels, 1, address(out, backend), 1, scratch);
  });
  return out;
}
