import type { TensorInfo } from '@tensorflow/tfjs';

import type { ValuesType } from '../memory.js';
import { MOST_COPY_RANK, type ParamsOf } from '../operations.js';
import type { NativeBackend } from '../types.js';

/** A view of a tensor: where it begins and how far apart its elements are along each of the copy's sides. */
export interface View {
  info: TensorInfo;
  offset: number;
  steps: readonly number[];
}

/** True where native/copy.cc takes such tensors. */
export const canCopy = (info: TensorInfo, rank: number): boolean =>
  rank <= MOST_COPY_RANK && (info.dtype === 'float32' || info.dtype === 'int32' || info.dtype === 'bool');

/** Copies `sides` elements from one view to another of the same element type. */
export function copyView(backend: NativeBackend, sides: readonly number[], from: View, to: View): void {
  const merged = mergeSides(sides, from.steps, to.steps);
  const elementBytes = from.info.dtype === 'bool' ? 1 : 4;
  backend.launch(
    'Copy',
    [
      elementBytes,
      from.offset,
      to.offset,
      merged.sides.length,
      ...merged.sides,
      ...merged.from,
      ...merged.to,
    ],
    [from.info],
    [to.info],
  );
}

/** The numbers of a copy of `count` elements that lie side by side. */
export const wholeCopy = (count: number, elementBytes: number): ParamsOf<'Copy'> => [
  ...[elementBytes, 0, 0, 1],
  ...[count, 1, 1],
];

/** The same elements in memory of their own. */
export function copyOf(backend: NativeBackend, info: TensorInfo): TensorInfo {
  const out = backend.output(info.shape, info.dtype as ValuesType);
  const steps = stepsOf(info.shape);
  copyView(backend, info.shape, { info, offset: 0, steps }, { info: out, offset: 0, steps });
  return out;
}

/** Row-major steps of a shape. */
export function stepsOf(shape: readonly number[]): number[] {
  const steps = new Array<number>(shape.length);
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    steps[d] = step;
    step *= shape[d]!;
  }
  return steps;
}

/** Neighbouring sides that run on in both views are one side. */
function mergeSides(sides: readonly number[], from: readonly number[], to: readonly number[]) {
  const merged = { sides: [] as number[], from: [] as number[], to: [] as number[] };
  for (let d = 0; d < sides.length; d++) {
    if (sides[d] === 1) continue;
    const last = merged.sides.length - 1;
    if (last >= 0 && merged.from[last] === from[d]! * sides[d]! && merged.to[last] === to[d]! * sides[d]!) {
      merged.sides[last]! *= sides[d]!;
      merged.from[last] = from[d]!;
      merged.to[last] = to[d]!;
    } else {
      merged.sides.push(sides[d]!);
      merged.from.push(from[d]!);
      merged.to.push(to[d]!);
    }
  }
  return merged;
}
