import type { TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import { isFloat, type NativeKernel, type NativeKernels } from '../kernel.js';
import {
  arithmeticOperations,
  comparisons,
  MOST_BROADCAST_RANK,
  type OperationName,
  type operations,
} from '../operations.js';
import type { NativeBackend } from '../types.js';

/** What takes the numbers of a broadcast. */
type BroadcastOperation = {
  [Name in OperationName]: 'stepsB*' extends (typeof operations)[Name][number] ? Name : never;
}[OperationName];

/**
 * Two shapes broadcast against each other, as native/binary.cc reads them: rank, sides, steps of a, steps of b, with
 * neighbouring dimensions merged wherever both inputs run on or both stand still.
 */
export function broadcastNumbers(
  a: readonly number[],
  b: readonly number[],
  out: readonly number[],
): number[] {
  const sides: number[] = [];
  const stepsA: number[] = [];
  const stepsB: number[] = [];
  let stepA = 1;
  let stepB = 1;
  for (let d = out.length - 1; d >= 0; d--) {
    const side = out[d]!;
    const sideA = a[d - out.length + a.length] ?? 1;
    const sideB = b[d - out.length + b.length] ?? 1;
    if (side === 1) continue;
    const ofA = sideA === 1 ? 0 : stepA;
    const ofB = sideB === 1 ? 0 : stepB;
    const inner = sides.length - 1;
    const runsOn = (step: number, steps: number[]) =>
      step === 0 ? steps[inner] === 0 : steps[inner] !== 0 && step === steps[inner]! * sides[inner]!;
    if (inner >= 0 && runsOn(ofA, stepsA) && runsOn(ofB, stepsB)) {
      sides[inner]! *= side;
    } else {
      sides.push(side);
      stepsA.push(ofA);
      stepsB.push(ofB);
    }
    stepA *= sideA;
    stepB *= sideB;
  }
  if (sides.length === 0) {
    sides.push(1);
    stepsA.push(0);
    stepsB.push(0);
  }
  return [sides.length, ...sides.reverse(), ...stepsA.reverse(), ...stepsB.reverse()];
}

function launchBroadcast(
  backend: NativeBackend,
  operation: BroadcastOperation,
  a: TensorInfo,
  b: TensorInfo,
  dtype: 'float32' | 'bool',
): TensorInfo | undefined {
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const numbers = broadcastNumbers(a.shape, b.shape, shape);
  if (numbers[0]! > MOST_BROADCAST_RANK) return undefined;
  const out = backend.output(shape, dtype);
  backend.launch(operation, numbers, [a, b], [out]);
  return out;
}

const arithmetic =
  (operation: BroadcastOperation, first = 'a', second = 'b'): NativeKernel =>
  (backend, inputs) => {
    const a = inputs[first];
    const b = inputs[second];
    return a && b && isFloat(a, b) ? launchBroadcast(backend, operation, a, b, 'float32') : undefined;
  };

const comparison =
  (operation: (typeof comparisons)[number]): NativeKernel =>
  (backend, { a, b }) => {
    if (!a || !b || a.dtype !== b.dtype || (a.dtype !== 'float32' && a.dtype !== 'int32')) return undefined;
    return launchBroadcast(backend, `${operation}${a.dtype === 'float32' ? 'Float' : 'Int'}`, a, b, 'bool');
  };

const logical =
  (operation: 'LogicalAnd' | 'LogicalOr'): NativeKernel =>
  (backend, { a, b }) =>
    a?.dtype === 'bool' && b?.dtype === 'bool'
      ? launchBroadcast(backend, operation, a, b, 'bool')
      : undefined;

/** NaN alone is not equal to itself. */
const isNaN: NativeKernel = (backend, { x }) =>
  x && isFloat(x) ? launchBroadcast(backend, 'NotEqualFloat', x, x, 'bool') : undefined;

const addN: NativeKernel = (backend, inputs) => {
  const terms = Object.values(inputs);
  if (terms.length < 2 || !isFloat(...terms)) return undefined;
  let sum = launchBroadcast(backend, 'Add', terms[0]!, terms[1]!, 'float32')!;
  for (const term of terms.slice(2)) {
    const next = launchBroadcast(backend, 'Add', sum, term, 'float32')!;
    backend.disposeIntermediateTensorInfo(sum);
    sum = next;
  }
  return sum;
};

const named = <Name extends string>(names: readonly Name[], make: (name: Name) => NativeKernel) =>
  Object.fromEntries(names.map((name) => [name, make(name)]));

export const binaryKernels: NativeKernels = {
  ...named(arithmeticOperations, (name) => arithmetic(name)),
  ...named(comparisons, comparison),
  ...named(['LogicalAnd', 'LogicalOr'], logical),
  IsNan: isNaN,
  AddN: addN,
  Prelu: arithmetic('Prelu', 'x', 'alpha'),
  EluGrad: arithmetic('EluGrad', 'dy', 'y'),
  SigmoidCrossEntropyWithLogits: arithmetic('SigmoidCrossEntropyWithLogits', 'labels', 'logits'),
};
