import { type TensorInfo, util } from '@tensorflow/tfjs';
import { address, type KernelArguments, sizeOf, type StockKernel, zeros } from './kernel.js';
import { simd } from './simd.js';

interface Attributes {
  axis: number | number[] | null;
  keepDims: boolean;
}

type Reduction = KernelArguments<'x', Attributes>;

/**
 * Sum, over neighbouring axes. Stock wasm adds one value after the other in float32, transposes where the axes are
 * not the last, and leaves the sum of nothing undefined.
 */
export const sum =
  (stock: StockKernel) =>
  (args: Reduction): TensorInfo =>
    isMended(args) ? total(args) : stock(args);

/** Mean, over neighbouring axes; of stock wasm's sums, so the mean of 40,000 values is off by 1e-4 of it. */
export const mean =
  (stock: StockKernel) =>
  (args: Reduction): TensorInfo => {
    if (!isMended(args)) return stock(args);
    const out = total(args);
    const count = sizeOf(args.inputs.x) / sizeOf(out);
    const values = args.backend.typedArrayFromHeap(out);
    for (let i = 0; i < values.length; i++) values[i] = values[i]! / count;
    return out;
  };

const axesOf = ({ inputs: { x }, attrs: { axis } }: Reduction): number[] =>
  util.parseAxisParam(axis as number | number[], x.shape).sort((a, b) => a - b);

const isMended = (args: Reduction) =>
  args.inputs.x.dtype === 'float32' && axesOf(args).every((axis, i, axes) => axis === axes[0]! + i);

function total(args: Reduction): TensorInfo {
  const { x } = args.inputs;
  const axes = axesOf(args);
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const shape = args.attrs.keepDims ? kept : kept.filter((_, axis) => !axes.includes(axis));
  const out = zeros(shape, args.backend);
  if (sizeOf(x) === 0) return out;
  const outer = util.sizeFromShape(x.shape.slice(0, axes[0] ?? 0));
  const rows = util.sizeFromShape(axes.map((axis) => x.shape[axis]!));
  const columns = sizeOf(x) / outer / rows;
  simd(args.backend).sumRows(address(x, args.backend), outer, rows, columns, address(out, args.backend));
  return out;
}
