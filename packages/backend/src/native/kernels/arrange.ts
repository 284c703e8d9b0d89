import type { TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import { sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';
import type { NativeBackend } from '../types.js';
import { canCopy, copyView, stepsOf } from './copy.js';
import { fillWith } from './fill.js';

const transpose: NativeKernel<{ perm: number[] }> = (backend, { x }, { perm }) => {
  if (!x || !canCopy(x, x.shape.length)) return undefined;
  const shape = perm.map((axis) => x.shape[axis]!);
  const out = outputLike(backend, shape, x);
  const steps = stepsOf(x.shape);
  const from = { info: x, offset: 0, steps: perm.map((axis) => steps[axis]!) };
  copyView(backend, shape, from, { info: out, offset: 0, steps: stepsOf(shape) });
  return out;
};

const slice: NativeKernel<{ begin: number[]; size: number[] }> = (backend, { x }, { begin, size }) => {
  if (!x || !canCopy(x, x.shape.length)) return undefined;
  const [first, sides] = tf.slice_util.parseSliceParams(x as tf.Tensor, begin, size) as [number[], number[]];
  tf.slice_util.assertParamsValid(x as tf.Tensor, first, sides);
  return sliced(backend, x, first, sides);
};

function sliced(backend: NativeBackend, x: TensorInfo, begin: number[], sides: number[]): TensorInfo {
  const out = outputLike(backend, sides, x);
  const steps = stepsOf(x.shape);
  const offset = begin.reduce((sum, at, d) => sum + at * steps[d]!, 0);
  copyView(
    backend,
    sides,
    { info: x, offset: sizeOf(sides) ? offset : 0, steps },
    { info: out, offset: 0, steps: stepsOf(sides) },
  );
  return out;
}

const split: NativeKernel<{ numOrSizeSplits: number | number[]; axis: number }> = (backend, { x }, attrs) => {
  if (!x || !canCopy(x, x.shape.length)) return undefined;
  const axis = tf.util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const begin = x.shape.map(() => 0);
  return tf.backend_util.prepareSplitSize(x as tf.Tensor, attrs.numOrSizeSplits, axis).map((side) => {
    const sides = x.shape.map((whole, d) => (d === axis ? side : whole));
    const part = sliced(backend, x, [...begin], sides);
    begin[axis]! += side;
    return part;
  });
};

const concat: NativeKernel<{ axis: number }> = (backend, inputs, attrs) => {
  const all = Object.values(inputs);
  const first = all[0];
  if (!first || !all.every((info) => info.dtype === first.dtype && canCopy(info, info.shape.length)))
    return undefined;
  const axis = tf.util.parseAxisParam(attrs.axis, first.shape)[0]!;
  const shapes = all.map((info) => info.shape);
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const shape = tf.backend_util.computeOutShape(shapes, axis);
  const out = outputLike(backend, shape, first);
  const steps = stepsOf(shape);
  let at = 0;
  for (const info of all) {
    if (sizeOf(info.shape) > 0)
      copyView(
        backend,
        info.shape,
        { info, offset: 0, steps: stepsOf(info.shape) },
        { info: out, offset: at * steps[axis]!, steps },
      );
    at += info.shape[axis]!;
  }
  return out;
};

const pack: NativeKernel<{ axis: number }> = (backend, inputs, { axis }) => {
  const all = Object.values(inputs);
  const first = all[0];
  if (!first || !all.every((info) => info.dtype === first.dtype && canCopy(info, info.shape.length + 1)))
    return undefined;
  for (const info of all)
    tf.util.assertShapesMatch(
      first.shape,
      info.shape,
      'All tensors passed to stack must have matching shapes',
    );
  const place = axis < 0 ? axis + first.shape.length + 1 : axis;
  const shape = [...first.shape.slice(0, place), all.length, ...first.shape.slice(place)];
  const out = outputLike(backend, shape, first);
  const steps = stepsOf(shape);
  const within = steps.filter((_, d) => d !== place);
  all.forEach((info, i) =>
    copyView(
      backend,
      info.shape,
      { info, offset: 0, steps: stepsOf(info.shape) },
      { info: out, offset: sizeOf(shape) ? i * steps[place]! : 0, steps: within },
    ),
  );
  return out;
};

const unpack: NativeKernel<{ axis: number }> = (backend, { value }, attrs) => {
  if (!value || !canCopy(value, value.shape.length)) return undefined;
  const axis = attrs.axis < 0 ? attrs.axis + value.shape.length : attrs.axis;
  const count = value.shape[axis]!;
  const shape = value.shape.filter((_, d) => d !== axis);
  return Array.from({ length: count }, (_, i) => {
    const begin = value.shape.map((_side, d) => (d === axis ? i : 0));
    const sides = value.shape.map((side, d) => (d === axis ? 1 : side));
    return { ...sliced(backend, value, begin, sides), shape };
  });
};

const pad: NativeKernel<{ paddings: [number, number][]; constantValue: number }> = (
  backend,
  { x },
  attrs,
) => {
  if (!x || !canCopy(x, x.shape.length)) return undefined;
  const { paddings, constantValue } = attrs;
  const shape = x.shape.map((side, d) => paddings[d]![0] + side + paddings[d]![1]);
  const out = outputLike(backend, shape, x);
  fillWith(backend, out, constantValue);
  const steps = stepsOf(shape);
  const offset = paddings.reduce((sum, [before], d) => sum + before * steps[d]!, 0);
  if (sizeOf(x.shape) > 0)
    copyView(backend, x.shape, { info: x, offset: 0, steps: stepsOf(x.shape) }, { info: out, offset, steps });
  return out;
};

const reverse: NativeKernel<{ dims: number[] }> = (backend, { x }, { dims }) => {
  if (!x || x.shape.length === 0 || !canCopy(x, x.shape.length)) return undefined;
  const axes = tf.util.parseAxisParam(dims, x.shape);
  const out = outputLike(backend, x.shape, x);
  const steps = stepsOf(x.shape);
  const offset = axes.reduce((sum, axis) => sum + (x.shape[axis]! - 1) * steps[axis]!, 0);
  const from = {
    info: x,
    offset: sizeOf(x.shape) ? offset : 0,
    steps: steps.map((step, d) => (axes.includes(d) ? -step : step)),
  };
  copyView(backend, x.shape, from, { info: out, offset: 0, steps });
  return out;
};

const tile: NativeKernel<{ reps: number[] }> = (backend, { x }, { reps }) => {
  if (!x || !canCopy(x, 2 * x.shape.length)) return undefined;
  const shape = x.shape.map((side, d) => side * reps[d]!);
  const out = outputLike(backend, shape, x);
  const from = stepsOf(x.shape);
  const to = stepsOf(shape);
  const sides = x.shape.flatMap((side, d) => [reps[d]!, side]);
  copyView(
    backend,
    sides,
    { info: x, offset: 0, steps: from.flatMap((step) => [0, step]) },
    { info: out, offset: 0, steps: to.flatMap((step, d) => [step * x.shape[d]!, step]) },
  );
  return out;
};

const outputLike = (backend: NativeBackend, shape: readonly number[], like: TensorInfo) =>
  backend.output(shape, like.dtype as 'float32' | 'int32' | 'bool');

export const arrangeKernels: NativeKernels = {
  Transpose: transpose as NativeKernel,
  Slice: slice as NativeKernel,
  SplitV: split as NativeKernel,
  Concat: concat as NativeKernel,
  Pack: pack as NativeKernel,
  Unpack: unpack as NativeKernel,
  PadV2: pad as NativeKernel,
  Reverse: reverse as NativeKernel,
  Tile: tile as NativeKernel,
};
