import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { OperationName } from '../../src/native/operations.js';
import { fuse } from '../../src/native/replay/fuse.js';
import { updateEarly } from '../../src/native/replay/order.js';
import { layOut } from '../../src/native/replay/program.js';
import type { Slot, Step, Trace } from '../../src/native/types.js';

const step = (operation: OperationName, params: number[], reads: number[], writes: number[]): Step => ({
  operation,
  params,
  reads,
  writes,
});
const temporary = (bytes: number): Slot => ({ kind: 'temporary', bytes });
const outside = { kind: 'outside', tensor: {} as never, bytes: 400 } as const;
function slotOf(kind: Slot['kind'], bytes: number): Slot {
  if (kind === 'input') return { kind, name: '', bytes, dtype: 'float32' };
  if (kind === 'constant') return { kind, values: new Float32Array(bytes / 4), bytes };
  return kind === 'outside' ? { ...outside, bytes } : temporary(bytes);
}
const names = (trace: Trace) => trace.steps.map(({ operation }) => operation);

/** x [4, 3] · kernel [3, 5] + bias, relu; and the relu's gradient. */
const layer = (extra: Step[] = []): Trace => ({
  slots: [
    { kind: 'input', name: 'x', bytes: 48, dtype: 'float32' },
    outside,
    outside,
    ...[80, 80, 80, 80, 80, 80].map(temporary),
  ],
  steps: [
    step('MatMul', [1, 1, 4, 5, 3, 0, 0, 0, 0.2, 0], [0, 1], [3]),
    step('Add', [2, 4, 5, 5, 1, 0, 1], [3, 2], [4]),
    step('Relu', [20], [4], [5]),
    step('Step', [20, 0], [4], [6]),
    step('Multiply', [1, 20, 1, 1], [5, 6], [7]),
    ...extra,
  ],
  outputs: { out: 7 },
});

describe('fuse()', () => {
  it('joins a product, its bias and its relu, and the step of the relu with the product of its gradient', () => {
    const fused = fuse(layer());
    expect(names(fused)).toEqual(['MatMul', 'StepMultiply']);
    expect(fused.steps[0]).toMatchObject({
      params: [1, 1, 4, 5, 3, 0, 0, 1, 0.2, 1],
      reads: [0, 1, 2],
      writes: [5],
    });
    expect(fused.steps[1]).toMatchObject({ params: [20, 0], reads: [5, 5], writes: [7] });
  });

  it('leaves what someone else reads too', () => {
    expect(names(fuse(layer([step('Exp', [20], [3], [8])])))).toEqual([
      'MatMul',
      'Add',
      'Relu',
      'StepMultiply',
      'Exp',
    ]);
    expect(names(fuse(layer([step('Exp', [20], [4], [8])])))).toEqual([
      'MatMul',
      'Relu',
      'StepMultiply',
      'Exp',
    ]);
  });

  const PRODUCT = [1, 1, 4, 5, 3, 0, 0, 0, 0.2, 0];
  const SUM = [2, 4, 5, 5, 1, 0, 1];

  it.each<[why: string, change: (trace: Trace) => void]>([
    ['the product has a bias already', ({ steps }) => (steps[0]!.params = PRODUCT.with(9, 1))],
    ['the product has an activation already', ({ steps }) => (steps[0]!.params = PRODUCT.with(7, 4))],
    ['the product is a result of the step', ({ outputs }) => (outputs.product = 3)],
    ['the product outlives the step', ({ slots }) => (slots[3] = outside)],
    [
      'the product is added to what was there',
      ({ steps }) => steps.splice(1, 0, step('Exp', [20], [0], [3])),
    ],
    ['it is multiplied', ({ steps }) => (steps[1] = step('Multiply', SUM, [3, 2], [4]))],
    ['the sum has three sides', ({ steps }) => (steps[1]!.params = SUM.with(0, 3))],
    ['the product is the row', ({ steps }) => (steps[1]!.reads = [2, 3])],
    ['the row is longer', ({ steps }) => (steps[1]!.params = SUM.with(2, 10))],
    ['rows of the product are left out', ({ steps }) => (steps[1]!.params = SUM.with(3, 10))],
    ['columns of the product stand still', ({ steps }) => (steps[1]!.params = SUM.with(4, 0))],
    ['every row has a row of its own', ({ steps }) => (steps[1]!.params = SUM.with(5, 5))],
    ['the other term is a column', ({ steps }) => (steps[1]!.params = SUM.with(5, 1).with(6, 0))],
    ['the other term is one number', ({ steps }) => (steps[1]!.params = SUM.with(6, 0))],
    ['the bias is computed after the product', ({ steps }) => steps.splice(1, 0, step('Exp', [5], [0], [2]))],
    ['the sum is written over the bias', ({ steps }) => (steps[1]!.writes = [2])],
  ])('leaves a sum where %s', (_why, change) => {
    const trace = layer();
    change(trace);
    const fused = fuse(trace);
    expect(fused.steps.filter(({ reads }) => reads.includes(2) && reads.includes(3)).length).toBe(1);
    expect(names(fused)).toContain('MatMul');
    expect(fused.steps.find(({ writes }) => writes.includes(3))).toBeDefined();
  });

  const activated = (): Trace => ({
    ...layer(),
    steps: [step('MatMul', PRODUCT, [0, 1], [3]), step('Relu', [20], [3], [4]), step('Exp', [20], [4], [5])],
    outputs: { out: 5 },
  });

  it.each<[why: string, change: (trace: Trace) => void]>([
    ['the product has one already', ({ steps }) => (steps[0]!.params = PRODUCT.with(7, 4))],
    ['the product is a result of the step', ({ outputs }) => (outputs.product = 3)],
    ['the product has two', ({ steps }) => steps.push(step('Sigmoid', [20], [3], [6]))],
    ['something else reads the product', ({ steps }) => steps.push(step('Exp', [20], [3], [6]))],
    [
      'a step of the product is asked for, and it is no relu, which has the same sign',
      ({ steps }) => {
        steps[1] = step('Sigmoid', [20], [3], [4]);
        steps.push(step('Step', [20, 0], [3], [6]));
      },
    ],
  ])('leaves an activation where %s', (_why, change) => {
    expect(names(fuse(activated()))).toEqual(['MatMul', 'Exp']);
    const trace = activated();
    change(trace);
    expect(names(fuse(trace))).toEqual(names(trace));
  });

  const gradient = (): Trace => ({
    ...layer(),
    steps: [
      step('Step', [20, 0.1], [3], [6]),
      step('Exp', [20], [4], [5]),
      step('Multiply', [1, 20, 1, 1], [5, 6], [7]),
    ],
  });

  it.each<[why: string, change: (trace: Trace) => void]>([
    ['something else reads it', ({ steps }) => steps.push(step('Exp', [20], [6], [8]))],
    ['it is a result of the step', ({ outputs }) => (outputs.sign = 6)],
    ['it is added', ({ steps }) => (steps[2] = step('Add', [1, 20, 1, 1], [5, 6], [7]))],
    ['it is multiplied by a row', ({ steps }) => (steps[2]!.params = [2, 4, 5, 5, 1, 0, 1])],
    ['it is squared', ({ steps }) => (steps[2]!.reads = [6, 6])],
    ['what it was taken of has changed', ({ steps }) => (steps[1]!.writes = [3])],
  ])('leaves the step of an activation where %s', (_why, change) => {
    expect(fuse(gradient()).steps.at(-1)).toMatchObject({ params: [20, 0.1], reads: [3, 5] });
    const trace = gradient();
    change(trace);
    expect(names(fuse(trace))).toEqual(names(trace));
  });
});

describe('updateEarly()', () => {
  const update = (gradient: number, variable: number) => step('Add', [], [gradient], [variable]);

  it('moves an update up to its gradient, but not past a step that reads what it changes', () => {
    const steps = [
      step('Exp', [1], [0], [2]), // the gradient of 0
      step('Exp', [1], [1], [3]), // the gradient of 1
      step('Relu', [1], [0], [4]), // reads 0
      step('Exp', [1], [4], [5]),
      update(2, 0),
      update(3, 1),
    ];
    const slots = [outside, outside, ...[4, 4, 4, 4].map(temporary)];
    const { steps: ordered } = updateEarly({ slots, steps, outputs: { out: 5 } });
    expect(ordered).toEqual([0, 1, 5, 2, 4, 3].map((place) => steps[place]));
  });

  it('leaves an update behind the step that writes what it reads, and moves nothing that stays in the run', () => {
    const steps = [
      step('Exp', [1], [0], [2]),
      step('Exp', [1], [0], [3]),
      step('Relu', [1], [2], [4]), // could be earlier
      update(3, 1),
    ];
    const slots = [outside, outside, ...[4, 4, 4].map(temporary)];
    const { steps: ordered } = updateEarly({ slots, steps, outputs: { out: 4 } });
    expect(ordered).toEqual([0, 1, 3, 2].map((place) => steps[place]));
  });

  it('leaves a step where it is that writes both what outlives the run and what does not', () => {
    const steps = [step('Exp', [1], [0], [2]), step('Exp', [1], [0], [3]), step('Add', [], [2], [1, 4])];
    const slots = [outside, outside, ...[4, 4, 4].map(temporary)];
    expect(updateEarly({ slots, steps, outputs: { out: 4 } }).steps).toEqual(steps);
  });

  it('keeps an update before a step that reads the new value, and after one that writes the variable', () => {
    const steps = [
      step('Exp', [1], [1], [2]),
      update(2, 0),
      step('Exp', [1], [0], [3]),
      step('Exp', [1], [3], [0]),
      update(2, 0),
    ];
    const slots = [outside, outside, ...[4, 4].map(temporary)];
    expect(updateEarly({ slots, steps, outputs: { out: 3 } }).steps).toEqual(steps);
  });

  it('keeps the order of two updates of one variable', () => {
    const steps = [step('Exp', [1], [0], [1]), update(1, 0), update(1, 0)];
    expect(updateEarly({ slots: [outside, temporary(4)], steps, outputs: {} }).steps).toEqual(steps);
  });
});

describe('layOut()', () => {
  it('leaves out what reaches neither an output nor anything outside', () => {
    const { steps } = layOut({
      slots: [outside, temporary(4), temporary(4), outside],
      steps: [step('Exp', [1], [0], [1]), step('Exp', [1], [0], [2]), step('Exp', [1], [1], [3])],
      outputs: {},
    });
    expect(steps.map(({ writes }) => writes)).toEqual([[1], [3]]);
  });

  it('lets slots share memory whose times do not overlap, and no others', () => {
    const trace: Trace = {
      slots: [outside, ...[100, 200, 300, 400].map(temporary)],
      steps: [0, 1, 2, 3].map((slot) => step('Exp', [25], [slot], [slot + 1])),
      outputs: { out: 4 },
    };
    const { offsets, bytes } = layOut(trace);
    const range = (slot: number) => [offsets[slot]!, offsets[slot]! + trace.slots[slot]!.bytes] as const;
    for (const slot of [1, 2, 3]) {
      const [[a0, a1], [b0, b1]] = [range(slot), range(slot + 1)];
      expect(a1 <= b0 || b1 <= a0).toBe(true);
    }
    expect(bytes).toBeLessThan(1000);
    for (const slot of [1, 2, 3, 4]) expect(offsets[slot]! % 64).toBe(0);
  });

  it('keeps what wrote a slot that a needed step changes in place', () => {
    const { steps } = layOut({
      slots: [outside, temporary(4), temporary(4)],
      steps: [step('Exp', [1], [0], [1]), step('Add', [], [0], [1, 2])],
      outputs: { out: 2 },
    });
    expect(steps.length).toBe(2);
  });

  it('never gives memory to two slots at a time, whatever the steps', () => {
    const trace = fc
      .record({
        kinds: fc.array(fc.constantFrom('input', 'constant', 'temporary', 'outside'), {
          minLength: 2,
          maxLength: 12,
        }),
        sizes: fc.array(fc.constantFrom(4, 64, 100, 128, 500), { minLength: 12, maxLength: 12 }),
        steps: fc.array(fc.array(fc.nat(11), { minLength: 2, maxLength: 4 }), {
          minLength: 1,
          maxLength: 12,
        }),
        out: fc.nat(11),
      })
      .map(({ kinds, sizes, steps, out }): Trace => ({
        slots: kinds.map((kind, i) => slotOf(kind, sizes[i]!)),
        steps: steps.map((touched) => {
          const [write, ...reads] = touched.map((slot) => slot % kinds.length);
          return step('Exp', [], reads, [write!]);
        }),
        outputs: { out: out % kinds.length },
      }));
    fc.assert(
      fc.property(trace, (trace) => {
        const { steps, offsets, bytes } = layOut(trace);
        const times = trace.slots.flatMap(({ kind, bytes: size }, slot) => {
          const uses = steps.flatMap(({ reads, writes }, at) =>
            [...reads, ...writes].includes(slot) ? [at] : [],
          );
          const isOut = trace.outputs.out === slot;
          if (kind === 'outside' || (uses.length === 0 && !isOut)) return [];
          const first = kind === 'temporary' ? (uses[0] ?? Infinity) : -1;
          const last = kind === 'constant' || isOut ? Infinity : uses.at(-1)!;
          return first < Infinity ? [{ first, last, from: offsets[slot]!, end: offsets[slot]! + size }] : [];
        });
        for (const a of times) {
          expect(a.end <= bytes).toBe(true);
          for (const b of times)
            if (a !== b && a.first <= b.last && b.first <= a.last)
              expect(a.end <= b.from || b.end <= a.from).toBe(true);
        }
      }),
      { numRuns: 300, seed: Number(process.env.AE_TEST_SEED ?? 1) },
    );
  });

  it('gives inputs memory until they are read for the last time, and none where nothing reads them', () => {
    const input = (name: string): Slot => ({ kind: 'input', name, bytes: 64, dtype: 'float32' });
    const { offsets } = layOut({
      slots: [input('images'), input('labels'), temporary(64), temporary(64)],
      steps: [step('Exp', [16], [0], [2]), step('Exp', [16], [2], [3])],
      outputs: { out: 3 },
    });
    expect(offsets[1]).toBeUndefined();
    expect(offsets[0]).not.toBe(offsets[2]);
  });

  it('keeps constants for all runs and outputs to the end', () => {
    const { offsets } = layOut({
      slots: [
        { kind: 'constant', values: new Float32Array(16), bytes: 64 },
        temporary(64),
        temporary(64),
        temporary(64),
      ],
      steps: [step('Exp', [16], [0], [1]), step('Exp', [16], [1], [2]), step('Exp', [16], [2], [3])],
      outputs: { first: 1, last: 3 },
    });
    expect(new Set([offsets[0], offsets[1], offsets[2], offsets[3]]).size).toBe(4);
  });
});
