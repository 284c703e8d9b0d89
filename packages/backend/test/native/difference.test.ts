import { describe, expect, it } from '@jest/globals';

import { differenceOf } from '../../src/native/replay/difference.js';
import type { Slot, Step, Trace } from '../../src/native/types.js';

const tensor = () => ({ dataId: {}, shape: [2], dtype: 'float32' as const });
const [weights, others] = [tensor(), tensor()];

/** x · weights times a constant, with noise. */
const recorded = (): Trace => ({
  slots: [
    { kind: 'input', name: 'x', bytes: 8, dtype: 'float32' },
    { kind: 'outside', tensor: weights, bytes: 8 },
    { kind: 'constant', values: Float32Array.of(0, 1), bytes: 8 },
    { kind: 'temporary', bytes: 8 },
    { kind: 'temporary', bytes: 8 },
  ],
  steps: [
    { operation: 'MatMul', params: [2, 0], reads: [0, 1], writes: [3] },
    { operation: 'PhiloxRandom', params: [2, 7, 0], reads: [], writes: [4], counterParam: 2 },
    { operation: 'Exp', params: [2], reads: [3], writes: [3] },
  ],
  outputs: { loss: 3, kl: 4 },
});

/** What is said of a later recording that `change` has made another. */
function difference(change: (trace: Trace) => void): string | undefined {
  const later = recorded();
  change(later);
  return differenceOf(recorded(), later);
}
const withStep =
  (at: number, step: Partial<Step>) =>
  ({ steps }: Trace) =>
    void (steps[at] = { ...steps[at]!, ...step });
const withSlot =
  (at: number, slot: Partial<Slot>) =>
  ({ slots }: Trace) =>
    void (slots[at] = { ...slots[at]!, ...slot } as Slot);

describe('differenceOf()', () => {
  it('finds none between two recordings of the same, nor where a variable is told by its data', () => {
    expect(difference(() => {})).toBeUndefined();
    expect(difference(withSlot(1, { tensor: { ...weights } }))).toBeUndefined();
  });

  it.each<[string, (trace: Trace) => void]>([
    ['another operation', withStep(2, { operation: 'PhiloxRandom' })],
    ['an operation more', ({ steps }) => void steps.push(steps[2]!)],
    ['an operation less', ({ steps }) => void steps.pop()],
    ['noise that does not count from the run', ({ steps }) => void delete steps[1]!.counterParam],
    ['another operand', withStep(0, { reads: [1, 0] })],
    ['an operand more', withStep(0, { reads: [0, 1, 2] })],
    ['another result', withStep(2, { writes: [4] })],
  ])('finds %s', (_what, change) => {
    expect(difference(change)).toBe('it runs other operations than before');
  });

  it.each<[string, number, string]>([
    ['another number', 3, 'was 2 and became 3'],
    ['the other zero', -0, 'was 0 and became 0'],
  ])('finds %s among the parameters, and names the operation', (_what, number, sentence) => {
    const params = number === 3 ? [3, 0] : [2, number];
    expect(difference(withStep(0, { params }))).toBe(`a number given to MatMul ${sentence}`);
  });

  it('takes what is no number for itself', () => {
    const [a, b] = [recorded(), recorded()];
    for (const { steps } of [a, b]) steps[0]!.params = [2, NaN];
    expect(differenceOf(a, b)).toBeUndefined();
  });

  it.each<[string, (trace: Trace) => void]>([
    ['another variable', withSlot(1, { tensor: others })],
    ['an input of another name', withSlot(0, { name: 'y' })],
    ['an input of another type', withSlot(0, { dtype: 'int32' })],
    ['another length', withSlot(3, { bytes: 16 })],
    ['another kind', ({ slots }) => void (slots[4] = { kind: 'input', name: 'y', bytes: 8, dtype: 'int32' })],
    ['memory more', ({ slots }) => void slots.push({ kind: 'temporary', bytes: 8 })],
  ])('finds %s', (_what, change) => {
    expect(difference(change)).toBe('it works on other variables or tensors than before');
  });

  it.each([
    [[0, 2], 'numbers that JavaScript makes change (a tensor of 2)'],
    [[-0, 1], 'numbers that JavaScript makes change (a tensor of 2)'],
  ])('finds constants %p by their bits', (values, sentence) => {
    expect(difference(withSlot(2, { values: Float32Array.from(values) }))).toBe(sentence);
  });

  it('finds results that have changed places', () => {
    expect(difference((trace) => void (trace.outputs = { loss: 4, kl: 3 }))).toBe(
      'its results are other terms',
    );
  });
});
