import { type TensorInfo, util } from '@tensorflow/tfjs';
import { address, type KernelArguments, sizeOf, type StockKernel, zeros } from './kernel.js';
import { simd } from './simd.js';

interface Attributes {
  axis: number | number[] | null;
  keepDims: boolean;
}

/**
 * Sum over all axes, or over leading ones, as in the gradient of a bias. Stock wasm transposes for those, adds one
 * value after the other, and leaves the sum of nothing undefined.
 */
export const sum =
  (stock: StockKernel) =>
  (args: KernelArguments<'x', Attributes>): TensorInfo => {
    const { inputs, attrs, backend } = args;
    const { x } = inputs;
    const axes = util.parseAxisParam(attrs.axis as number | number[], x.shape).sort((p, q) => p - q);
    if (x.dtype !== 'float32' || (sizeOf(x) > 0 && !axes.every((axis, i) => axis === i)))
      return stock(args);
    const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const out = zeros(attrs.keepDims ? kept : kept.filter((_, axis) => !axes.includes(axis)), backend);
    const columns = sizeOf(out);
    if (sizeOf(x) > 0) simd(backend).sumRows(address(x, backend), sizeOf(x) / columns, columns, address(out, backend));
    return out;
  };
