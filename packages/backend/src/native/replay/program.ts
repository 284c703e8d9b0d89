import type { Addon } from '../addon.js';
import { numberOf, OUTSIDE } from '../operations.js';
import type { Slot, Step, Trace } from '../types.js';

/** A trace as numbers for the compiled library, and where its slots lie in one block of memory. */
export interface Layout {
  steps: Step[];
  /** Byte offset of every slot that lies in the block; slots that do not have none. */
  offsets: (number | undefined)[];
  bytes: number;
}

const ALIGNMENT = 64;

/** Leaves out what nothing needs, and lets slots whose times do not overlap share memory. */
export function layOut({ slots, steps, outputs }: Trace): Layout {
  const needed = neededSteps(slots, steps, Object.values(outputs));
  const times = lifetimes(slots, needed, Object.values(outputs));
  const offsets: Layout['offsets'] = slots.map(() => undefined);
  let bytes = 0;
  const placed: { from: number; end: number; first: number; last: number }[] = [];
  for (const { slot, first, last } of times) {
    const size = Math.ceil(Math.max(slots[slot]!.bytes, 1) / ALIGNMENT) * ALIGNMENT;
    let at = 0;
    for (const other of placed) {
      if (other.last < first || other.first > last) continue;
      if (other.from >= at + size) break;
      at = Math.max(at, other.end);
    }
    offsets[slot] = at;
    placed.push({ from: at, end: at + size, first, last });
    placed.sort((a, b) => a.from - b.from);
    bytes = Math.max(bytes, at + size);
  }
  return { steps: needed, offsets, bytes };
}

/** Steps whose results reach an output or outlive the step, in their order. */
function neededSteps(slots: Slot[], steps: Step[], outputs: number[]): Step[] {
  const needed = new Set(outputs);
  const kept: Step[] = [];
  for (const step of steps.toReversed()) {
    if (!step.writes.some((slot) => needed.has(slot) || slots[slot]!.kind === 'outside')) continue;
    for (const slot of [...step.reads, ...step.writes]) needed.add(slot);
    kept.push(step);
  }
  return kept.reverse();
}

/** From the first to the last step that touches a slot, the largest slots first so that they find room. */
function lifetimes(slots: Slot[], steps: Step[], outputs: number[]) {
  const times = slots.map((slot, i) => ({
    slot: i,
    // Inputs are there before the first step, constants stay for all runs, outputs are read after the last. An input
    // that nothing reads has no place at all.
    first: slot.kind === 'temporary' ? Infinity : -1,
    last: slot.kind === 'constant' || outputs.includes(i) ? Infinity : -Infinity,
  }));
  steps.forEach((step, at) => {
    for (const slot of [...step.reads, ...step.writes]) {
      times[slot]!.first = Math.min(times[slot]!.first, at);
      times[slot]!.last = Math.max(times[slot]!.last, at);
    }
  });
  return times
    .filter(({ slot, first, last }) => slots[slot]!.kind !== 'outside' && last >= 0 && first < Infinity)
    .sort((a, b) => slots[b.slot]!.bytes - slots[a.slot]!.bytes);
}

/** Hands the layout to the compiled library, with the constants written in. */
export function compile(addon: Addon, { slots }: Trace, { steps, offsets, bytes }: Layout): object {
  const slotNumbers = new Float64Array(3 * slots.length);
  slots.forEach((slot, i) =>
    slotNumbers.set(
      [
        slot.kind === 'outside' ? OUTSIDE : 0,
        offsets[i] === undefined && slot.kind !== 'outside' ? 0 : slot.bytes,
        offsets[i] ?? 0,
      ],
      3 * i,
    ),
  );
  const stepNumbers = steps.flatMap(({ operation, params, reads, writes, counterParam = -1 }) => [
    ...[numberOf(operation), counterParam, params.length, ...params],
    ...[reads.length + writes.length, ...reads, ...writes],
  ]);
  const program = addon.compile(slotNumbers, Float64Array.from(stepNumbers), bytes);
  slots.forEach((slot, i) => {
    if (slot.kind === 'constant' && offsets[i] !== undefined) addon.write(program, i, slot.values);
  });
  return program;
}
