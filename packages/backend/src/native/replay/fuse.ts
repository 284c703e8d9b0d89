import {
  activationNumber,
  type Activation,
  type OperationName,
  type operations,
  placeOf,
} from '../operations.js';
import type { Slot, Step, Trace } from '../types.js';

/*
 * TensorFlow.js fuses nothing while it records gradients: a dense layer is a product, a sum and a relu, each with its
 * own pass over memory. In a trace they become one operation again, which computes the same bits.
 */

/** Products that take a bias and an activation: where these stand among the parameters, and the number of columns. */
const products: { [Name in OperationName]?: { activation: number; hasBias: number; columns: number } } = {
  MatMul: product('MatMul', 'n'),
  Conv2D: product('Conv2D', 'outChannels'),
  Conv2DBackpropInput: product('Conv2DBackpropInput', 'inChannels'),
};

function product<Name extends 'MatMul' | 'Conv2D' | 'Conv2DBackpropInput'>(
  name: Name,
  columns: (typeof operations)[Name][number],
) {
  return {
    activation: placeOf<OperationName>(name, 'activation'),
    hasBias: placeOf<OperationName>(name, 'hasBias'),
    columns: placeOf(name, columns),
  };
}

/** Operations that a product can do at its end. */
const fused: { [Name in OperationName]?: Activation } = {
  Relu: 'relu',
  Relu6: 'relu6',
  Elu: 'elu',
  Sigmoid: 'sigmoid',
};

/** Merges steps of a trace. */
export function fuse(trace: Trace): Trace {
  const steps: (Step | undefined)[] = [...trace.steps];
  const outputs = new Set(Object.values(trace.outputs));

  const users = new Map<number, number[]>();
  const writers = new Map<number, number[]>();
  const note = (map: Map<number, number[]>, slot: number, at: number) =>
    map.set(slot, [...(map.get(slot) ?? []), at]);
  trace.steps.forEach(({ reads, writes }, at) => {
    for (const slot of new Set(reads)) note(users, slot, at);
    for (const slot of writes) note(writers, slot, at);
  });
  // What was joined to a product read what that product had written, and is asked for no more.
  const readers = (slot: number) => users.get(slot) ?? [];
  const isPrivate = ({ kind }: Slot, slot: number) =>
    kind === 'temporary' && !outputs.has(slot) && writers.get(slot)?.length === 1;
  const unchanged = (slot: number, from: number, to: number) =>
    !(writers.get(slot) ?? []).some((at) => at > from && at <= to);
  const replaceRead = (at: number, from: number, to: number) => {
    const step = steps[at]!;
    steps[at] = { ...step, reads: step.reads.map((slot) => (slot === from ? to : slot)) };
    note(users, to, at);
  };

  /** product, then + bias: the row of columns that every row gets. */
  function takeBias(at: number): void {
    const step = steps[at]!;
    const { hasBias, activation, columns } = products[step.operation]!;
    const made = step.writes[0]!;
    const next = readers(made);
    if (
      step.params[hasBias] !== 0 ||
      step.params[activation] !== 0 ||
      next.length !== 1 ||
      !isPrivate(trace.slots[made]!, made)
    )
      return;
    const add = steps[next[0]!]!;
    const n = step.params[columns]!;
    if (add.operation !== 'Add' || add.params[0] !== 2) return;
    const [, , inner, a0, a1, b0, b1] = add.params;
    const [sum, bias] = add.reads as [number, number];
    if (
      sum !== made ||
      inner !== n ||
      a0 !== n ||
      a1 !== 1 ||
      b0 !== 0 ||
      b1 !== 1 ||
      !unchanged(bias, at, next[0]!)
    )
      return;
    const params = step.params.with(hasBias, 1);
    steps[at] = { ...step, params, reads: [...step.reads, bias], writes: add.writes };
    steps[next[0]!] = undefined;
    note(users, bias, at);
  }

  /** product, then its activation; what asks only for the sign of the sum asks the activation instead. */
  function takeActivation(at: number): void {
    const step = steps[at]!;
    const { activation } = products[step.operation]!;
    const made = step.writes[0]!;
    if (step.params[activation] !== 0 || !isPrivate(trace.slots[made]!, made)) return;
    const next = readers(made);
    const found = next.filter((place) => fused[steps[place]!.operation] !== undefined);
    const others = next.filter((place) => !found.includes(place));
    if (found.length !== 1) return;
    const activate = steps[found[0]!]!;
    const isRelu = activate.operation === 'Relu';
    if (!others.every((place) => isRelu && steps[place]!.operation === 'Step')) return;
    const result = activate.writes[0]!;
    steps[at] = {
      ...step,
      params: step.params.with(activation, activationNumber(fused[activate.operation]!)!),
      writes: [result],
    };
    steps[found[0]!] = undefined;
    for (const place of others) replaceRead(place, made, result);
  }

  /** step(x), then · dy. */
  function joinGradient(at: number): void {
    const step = steps[at]!;
    const made = step.writes[0]!;
    const next = readers(made);
    if (next.length !== 1 || !isPrivate(trace.slots[made]!, made)) return;
    const multiply = steps[next[0]!]!;
    const [count, alpha] = step.params as [number, number];
    if (multiply.operation !== 'Multiply' || String(multiply.params) !== String([1, count, 1, 1])) return;
    const x = step.reads[0]!;
    const dy = multiply.reads.find((slot) => slot !== made);
    if (dy === undefined || !unchanged(x, at, next[0]!)) return;
    steps[next[0]!] = {
      ...multiply,
      operation: 'StepMultiply',
      params: [count, alpha],
      reads: [x, dy],
    };
    steps[at] = undefined;
    note(users, x, next[0]!);
  }

  for (let at = 0; at < steps.length; at++) {
    if (steps[at] && products[steps[at]!.operation]) {
      takeBias(at);
      takeActivation(at);
    }
    if (steps[at] && steps[at]!.operation === 'Step') joinGradient(at);
  }
  return { ...trace, steps: steps.filter((step) => step !== undefined) };
}
