import type { DataType, TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import { isFloat, sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';
import type { OperationName, ParamsOf } from '../operations.js';
import type { NativeBackend } from '../types.js';

const casts: Record<string, Extract<OperationName, `Cast${string}`>> = {
  'float32 int32': 'CastFloatToInt',
  'float32 bool': 'CastFloatToBool',
  'int32 float32': 'CastIntToFloat',
  'int32 bool': 'CastIntToBool',
  'bool float32': 'CastBoolToFloat',
  'bool int32': 'CastBoolToInt',
};

/** Same element type: the same data, counted once more. */
const shared = (backend: NativeBackend, x: TensorInfo): TensorInfo => {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
};

const cast: NativeKernel<{ dtype: DataType }> = (backend, { x }, { dtype }) => {
  if (!x || x.dtype === 'complex64') return undefined;
  if (x.dtype === dtype) return shared(backend, x);
  const operation = casts[`${x.dtype} ${dtype}`];
  if (!operation) return undefined;
  const out = backend.output(x.shape, dtype as 'float32' | 'int32' | 'bool');
  backend.launch(operation, [sizeOf(x.shape)], [x], [out]);
  return out;
};

const select: NativeKernel = (backend, { condition, t, e }) => {
  if (!condition || !t || !e || condition.dtype !== 'bool' || t.dtype !== e.dtype) return undefined;
  if (t.dtype !== 'float32' && t.dtype !== 'int32') return undefined;
  if (String(condition.shape) !== String(t.shape) || String(t.shape) !== String(e.shape)) return undefined;
  const out = backend.output(t.shape, t.dtype);
  backend.launch('Select', [sizeOf(t.shape)], [condition, t, e], [out]);
  return out;
};

const not: NativeKernel = (backend, { x }) => {
  if (x?.dtype !== 'bool') return undefined;
  const out = backend.output(x.shape, 'bool');
  backend.launch('LogicalNot', [sizeOf(x.shape)], [x], [out]);
  return out;
};

const gather: NativeKernel<{ axis: number; batchDims: number }> = (backend, { x, indices }, attrs) => {
  if (!x || !indices || indices.dtype !== 'int32' || attrs.batchDims) return undefined;
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  const axis = tf.util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const out = backend.output(shape, x.dtype);
  const numbers: ParamsOf<'GatherV2'> = [
    sizeOf(x.shape.slice(0, axis)),
    x.shape[axis]!,
    sizeOf(x.shape.slice(axis + 1)),
    sizeOf(indices.shape),
  ];
  try {
    backend.launch('GatherV2', numbers, [x, indices], [out]);
  } catch (error) {
    backend.disposeIntermediateTensorInfo(out);
    throw error;
  }
  return out;
};

const segmentSum: NativeKernel<{ numSegments: number }> = (backend, { x, segmentIds }, { numSegments }) => {
  if (!x || !segmentIds || !isFloat(x) || segmentIds.dtype !== 'int32' || segmentIds.shape.length !== 1)
    return undefined;
  const out = backend.output([numSegments, ...x.shape.slice(1)], 'float32');
  backend.launch(
    'UnsortedSegmentSum',
    [x.shape[0]!, sizeOf(x.shape.slice(1)), numSegments],
    [x, segmentIds],
    [out],
  );
  return out;
};

const oneHot: NativeKernel<{ depth: number; onValue: number; offValue: number; dtype: DataType }> = (
  backend,
  { indices },
  { depth, onValue, offValue, dtype },
) => {
  if (indices?.dtype !== 'int32' || dtype !== 'float32') return undefined;
  const out = backend.output([...indices.shape, depth], 'float32');
  backend.launch('OneHot', [sizeOf(indices.shape), depth, onValue, offValue], [indices], [out]);
  return out;
};

export const chooseKernels: NativeKernels = {
  Cast: cast as NativeKernel,
  Select: select,
  LogicalNot: not,
  GatherV2: gather as NativeKernel,
  UnsortedSegmentSum: segmentSum as NativeKernel,
  OneHot: oneHot as NativeKernel,
};
