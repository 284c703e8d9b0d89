import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs';
import { runOnCpu } from './run-on-cpu.js';
import { address, type KernelArguments, run, sizeOf } from './kernel.js';
import { simd } from './simd.js';

interface Transposes {
  transposeA: boolean;
  transposeB: boolean;
}

interface FusedAttributes extends Transposes {
  activation: string;
  leakyreluAlpha?: number;
}

/**
 * BatchMatMul: op(a)·op(b) over the last two axes, the others broadcast. Stock wasm walks transposed and batched
 * products in a slow loop, and packs the others anew for every new `b`; whole numbers it refuses.
 */
export const batchMatMul = (args: KernelArguments<'a' | 'b', Transposes>): TensorInfo =>
  isFloat(args) ? product(args) : runOnCpu('BatchMatMul')(args);

/**
 * _FusedMatMul: activation(op(a)·op(b) + bias). Stock wasm adds the bias once for every 48 terms of a transposed
 * product.
 */
export function fusedMatMul(
  args: KernelArguments<'a' | 'b' | 'bias' | 'preluActivationWeights', FusedAttributes>,
): TensorInfo {
  const { inputs, attrs, backend } = args;
  const activation = ACTIVATIONS[attrs.activation];
  if (!isFloat(args) || !activation) return runOnCpu('_FusedMatMul')(args);
  const { bias, preluActivationWeights: alpha } = inputs;
  const isRow = bias && sizeOf(bias) === lastTwo(inputs.b, attrs.transposeB)[1];
  let out = product(args, isRow ? bias : undefined);
  if (sizeOf(out) === 0) return out;
  const follow = (name: string, others: Record<string, TensorInfo>, values: object) => {
    const before = out;
    out = run(name, { inputs: { x: before, a: before, ...others }, attrs: values, backend });
    backend.disposeData(before.dataId);
  };
  if (bias && !isRow) follow('Add', { b: bias }, {});
  if (activation !== 'Identity') follow(activation, { alpha }, { alpha: attrs.leakyreluAlpha });
  return out;
}

/** The kernel of each activation that can follow a product. */
const ACTIVATIONS: Record<string, string> = {
  linear: 'Identity',
  relu: 'Relu',
  relu6: 'Relu6',
  prelu: 'Prelu',
  leakyrelu: 'LeakyRelu',
  sigmoid: 'Sigmoid',
  elu: 'Elu',
};

const isFloat = ({ inputs }: KernelArguments<'a' | 'b'>) =>
  inputs.a.dtype === 'float32' && inputs.b.dtype === 'float32';

/** op(a)·op(b), onto the bias in every row where there is one. */
function product(
  { inputs, attrs, backend }: KernelArguments<'a' | 'b', Transposes>,
  bias?: TensorInfo,
): TensorInfo {
  const { a, b } = inputs;
  const [aBatch, bBatch] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const [m, k] = lastTwo(a, attrs.transposeA);
  const [terms, n] = lastTwo(b, attrs.transposeB);
  if (k !== terms || a.shape.length < 2 || b.shape.length < 2)
    throw new TypeError(
      `Cannot multiply [${a.shape}] and [${b.shape}]: found inner sizes ${k} and ${terms}, expected matrices with equal ones`,
    );
  const out = backend.makeOutput([...batch, m, n], 'float32');
  if (sizeOf(out) === 0) return out;

  const { gemm, repeatRow, scratch } = simd(backend);
  const [left, right, result] = [address(a, backend), address(b, backend), address(out, backend)];
  const count = util.sizeFromShape(batch);
  if (bias) repeatRow(address(bias, backend), count * m, n, result);
  else if (k === 0) backend.typedArrayFromHeap(out).fill(0);
  if (k === 0) return out;
  const aStrides = attrs.transposeA ? [1, m] : [k, 1];
  const bStrides = attrs.transposeB ? [1, k] : [n, 1];
  for (let i = 0; i < count; i++) {
    const aAt = left + 4 * m * k * broadcastIndex(i, batch, aBatch);
    const bAt = right + 4 * k * n * broadcastIndex(i, batch, bBatch);
    gemm(m, k, n, aAt, ...aStrides, bAt, ...bStrides, result + 4 * m * n * i, bias ? 1 : 0, scratch);
  }
  return out;
}

/** Rows and columns of op(x). */
function lastTwo({ shape }: TensorInfo, transposed: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

/** Which element of `own`, an array that is broadcast to `batch`, stands at flat position `index` of `batch`. */
function broadcastIndex(index: number, batch: number[], own: number[]): number {
  let flat = 0;
  for (let axis = batch.length - 1, stride = 1; axis >= 0; axis--) {
    const size = own[axis - batch.length + own.length] ?? 1;
    if (size > 1) flat += (index % batch[axis]!) * stride;
    index = Math.floor(index / batch[axis]!);
    stride *= size;
  }
  return flat;
}
