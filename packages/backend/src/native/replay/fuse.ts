import type { Slot, Step, Trace } from '../types.js';

/*
 * TensorFlow.js fuses nothing while it records gradients: a dense layer is a product, a sum and a relu, each with its
 * own pass over memory. In a trace they become one operation again, which computes the same bits.
 */

/** Products that take a bias and an activation: where these stand among the parameters, and the number of columns. */
const products: Record<string, { activation: number; hasBias: number; columns: number }> = {
  MatMul: { activation: 7, hasBias: 9, columns: 3 },
  Conv2D: { activation: 15, hasBias: 17, columns: 6 },
  Conv2DBackpropInput: { activation: 15, hasBias: 17, columns: 3 },
};

/** Activations by their number in native/gemm.h. */
const activations: Record<string, number> = { Relu: 1, Relu6: 2, Elu: 3, Sigmoid: 4 };

/** Merges steps of a trace; `operations` are the names behind the numbers. */
export function fuse(trace: Trace, operations: readonly string[]): Trace {
  const nameOf = (step: Step) => operations[step.operation]!;
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
    const { hasBias, activation, columns } = products[nameOf(step)]!;
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
    if (nameOf(add) !== 'Add' || add.params[0] !== 2) return;
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
    const { activation } = products[nameOf(step)]!;
    const made = step.writes[0]!;
    if (step.params[activation] !== 0 || !isPrivate(trace.slots[made]!, made)) return;
    const next = readers(made);
    const found = next.filter((place) => activations[nameOf(steps[place]!)] !== undefined);
    const others = next.filter((place) => !found.includes(place));
    if (found.length !== 1) return;
    const activate = steps[found[0]!]!;
    const isRelu = nameOf(activate) === 'Relu';
    if (!others.every((place) => isRelu && nameOf(steps[place]!) === 'Step')) return;
    const result = activate.writes[0]!;
    steps[at] = {
      ...step,
      params: step.params.with(activation, activations[nameOf(activate)]!),
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
    if (nameOf(multiply) !== 'Multiply' || String(multiply.params) !== String([1, count, 1, 1])) return;
    const x = step.reads[0]!;
    const dy = multiply.reads.find((slot) => slot !== made);
    if (dy === undefined || !unchanged(x, at, next[0]!)) return;
    steps[next[0]!] = {
      ...multiply,
      operation: operations.indexOf('StepMultiply'),
      params: [count, alpha],
      reads: [x, dy],
    };
    steps[at] = undefined;
    note(users, x, next[0]!);
  }

  for (let at = 0; at < steps.length; at++) {
    if (steps[at] && products[nameOf(steps[at]!)]) {
      takeBias(at);
      takeActivation(at);
    }
    if (steps[at] && nameOf(steps[at]!) === 'Step') joinGradient(at);
  }
  return { ...trace, steps: steps.filter((step) => step !== undefined) };
}
