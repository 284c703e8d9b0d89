import type { TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import { isFloat, sizeOf, type NativeKernel, type NativeKernels } from '../kernel.js';
import type { NativeBackend } from '../types.js';
import { canCopy, copyView, stepsOf } from './copy.js';

interface ReduceAttrs {
  axis?: number | number[];
  reductionIndices?: number | number[];
  keepDims?: boolean;
}

/** What is left of x's shape, and x seen as [outer, count, inner] with the middle to be reduced. */
interface Plan {
  x: TensorInfo;
  made: boolean;
  shape: number[];
  outer: number;
  count: number;
  inner: number;
}

/** Axes that are not neighbours are first brought together at the end. */
function plan(
  backend: NativeBackend,
  x: TensorInfo,
  axis: number | number[] | undefined,
  keepDims = false,
): Plan | undefined {
  const axes = tf.util.parseAxisParam(axis as number[], x.shape).sort((a, b) => a - b);
  const kept = x.shape.map((_, d) => d).filter((d) => !axes.includes(d));
  const shape = keepDims
    ? x.shape.map((side, d) => (axes.includes(d) ? 1 : side))
    : kept.map((d) => x.shape[d]!);
  const sides = (dims: number[]) => sizeOf(dims.map((d) => x.shape[d]!));
  const reduced = axes.filter((d) => x.shape[d] !== 1);
  const first = reduced[0] ?? 0;
  const last = reduced.at(-1) ?? -1;
  const between = kept.filter((d) => d > first && d < last && x.shape[d] !== 1);
  if (between.length === 0) {
    const outer = kept.filter((d) => d < first);
    return {
      x,
      made: false,
      shape,
      outer: reduced.length ? sides(outer) : sizeOf(x.shape),
      count: sides(axes),
      inner: reduced.length ? sides(kept.filter((d) => d > last)) : 1,
    };
  }
  if (!canCopy(x, x.shape.length)) return undefined;
  const order = [...kept, ...axes];
  const moved = backend.output(
    order.map((d) => x.shape[d]!),
    'float32',
  );
  const steps = stepsOf(x.shape);
  const from = { info: x, offset: 0, steps: order.map((d) => steps[d]!) };
  copyView(backend, moved.shape, from, { info: moved, offset: 0, steps: stepsOf(moved.shape) });
  return { x: moved, made: true, shape, outer: sides(kept), count: sides(axes), inner: 1 };
}

const reduce =
  (operation: 'Sum' | 'Prod' | 'Max' | 'Min', mean = false): NativeKernel<ReduceAttrs> =>
  (backend, { x }, attrs) => {
    if (!x || !isFloat(x)) return undefined;
    const view = plan(backend, x, attrs.axis ?? attrs.reductionIndices, attrs.keepDims);
    if (!view) return undefined;
    const out = backend.output(view.shape, 'float32');
    // The mean of nothing is 0 / 0, which is no number.
    backend.launch(operation, [view.outer, view.count, view.inner, mean ? view.count : 1], [view.x], [out]);
    if (view.made) backend.disposeIntermediateTensorInfo(view.x);
    return out;
  };

const place =
  (sign: 1 | -1): NativeKernel<ReduceAttrs> =>
  (backend, { x }, { axis }) => {
    if (!x || !isFloat(x)) return undefined;
    const at = tf.util.parseAxisParam(axis as number, x.shape)[0]!;
    const shape = x.shape.filter((_, d) => d !== at);
    const out = backend.output(shape, 'int32');
    const [outer, inner] = [sizeOf(x.shape.slice(0, at)), sizeOf(x.shape.slice(at + 1))];
    backend.launch('ArgMax', [outer, x.shape[at]!, inner, sign], [x], [out]);
    return out;
  };

export const reduceKernels: NativeKernels = {
  Sum: reduce('Sum') as NativeKernel,
  Mean: reduce('Sum', true) as NativeKernel,
  Prod: reduce('Prod') as NativeKernel,
  Max: reduce('Max') as NativeKernel,
  Min: reduce('Min') as NativeKernel,
  ArgMax: place(1) as NativeKernel,
  ArgMin: place(-1) as NativeKernel,
};
