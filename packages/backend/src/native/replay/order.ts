import type { Step, Trace } from '../types.js';

/**
 * Moves every step that only changes what outlives the run, such as the update of a variable, up to where its inputs
 * are ready: a gradient is then used while the caches still hold it, and its memory is free for the next one.
 */
export function updateEarly(trace: Trace): Trace {
  const isUpdate = ({ writes }: Step) => writes.every((slot) => trace.slots[slot]!.kind === 'outside');
  const ordered: Step[] = [];
  for (const step of trace.steps) {
    let place = ordered.length;
    if (isUpdate(step)) while (place > 0 && independent(ordered[place - 1]!, step)) place--;
    ordered.splice(place, 0, step);
  }
  return { ...trace, steps: ordered };
}

/** Whether `later` gives the same when it runs before `earlier`. */
function independent(earlier: Step, later: Step): boolean {
  const touched = [...earlier.reads, ...earlier.writes];
  return (
    !later.writes.some((slot) => touched.includes(slot)) &&
    !later.reads.some((slot) => earlier.writes.includes(slot))
  );
}
