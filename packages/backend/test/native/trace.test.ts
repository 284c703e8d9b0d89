import { describe, expect, it } from '@jest/globals';

import { fuse } from '../../src/native/fuse.js';
import { updateEarly } from '../../src/native/order.js';
import { layOut } from '../../src/native/program.js';
import type { Slot, Step, Trace } from '../../src/native/recording.js';

const operations = ['MatMul', 'Add', 'Relu', 'Step', 'Multiply', 'StepMultiply', 'Exp'];
const step = (name: string, params: number[], reads: number[], writes: number[]): Step => ({
  operation: operations.indexOf(name),
  params,
  reads,
  writes,
});
const temporary = (bytes: number): Slot => ({ kind: 'temporary', bytes });
const outside = { kind: 'outside', tensor: {} as never, bytes: 400 } as const;
const names = (trace: Trace) => trace.steps.map(({ operation }) => operations[operation]);

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
    const fused = fuse(layer(), operations);
    expect(names(fused)).toEqual(['MatMul', 'StepMultiply']);
    expect(fused.steps[0]).toMatchObject({
      params: [1, 1, 4, 5, 3, 0, 0, 1, 0.2, 1],
      reads: [0, 1, 2],
      writes: [5],
    });
    expect(fused.steps[1]).toMatchObject({ params: [20, 0], reads: [5, 5], writes: [7] });
  });

  it('leaves what someone else reads too', () => {
    expect(names(fuse(layer([step('Exp', [20], [3], [8])]), operations))).toEqual([
      'MatMul',
      'Add',
      'Relu',
      'StepMultiply',
      'Exp',
    ]);
    expect(names(fuse(layer([step('Exp', [20], [4], [8])]), operations))).toEqual([
      'MatMul',
      'Relu',
      'StepMultiply',
      'Exp',
    ]);
  });

  it('leaves a sum whose other term is no row of columns', () => {
    const trace = layer();
    trace.steps[1] = step('Add', [2, 4, 5, 5, 1, 1, 0], [3, 2], [4]); // a column
    expect(names(fuse(trace, operations))).toEqual(['MatMul', 'Add', 'Relu', 'StepMultiply']);
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
