import type { Values } from '../memory.js';
import type { Slot, Step, Trace } from '../types.js';

/**
 * What the later of two recordings of one step does otherwise, as the end of a sentence about the step; nothing where
 * a replay of the first is a replay of the second.
 */
export function differenceOf(earlier: Trace, later: Trace): string | undefined {
  const changed = earlier.steps.findIndex((step, at) => !sameWork(step, later.steps[at]));
  const slots = earlier.slots.map((slot, at) => [slot, later.slots[at]] as const);
  for (const [a, b] of slots)
    if (a.kind === 'constant' && b?.kind === 'constant') {
      const change = changeOf(a.values, b.values);
      if (change) return change;
    }
  if (earlier.steps.length !== later.steps.length || changed >= 0)
    return describe(earlier.steps[changed], later.steps[changed]);
  if (earlier.slots.length !== later.slots.length || slots.some(([a, b]) => !sameSlot(a, b!)))
    return 'it works on other variables or tensors than before';
  if (JSON.stringify(earlier.outputs) !== JSON.stringify(later.outputs)) return 'its results are other terms';
  return undefined;
}

const sameWork = (a: Step, b: Step | undefined) =>
  b !== undefined &&
  a.operation === b.operation &&
  a.counterParam === b.counterParam &&
  sameNumbers(a.params, b.params) &&
  sameNumbers(a.reads, b.reads) &&
  sameNumbers(a.writes, b.writes);

const sameNumbers = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((number, i) => Object.is(number, b[i]));

/** Constants were compared before. */
function sameSlot(a: Slot, b: Slot): boolean {
  if (a.kind !== b.kind || a.bytes !== b.bytes) return false;
  if (a.kind === 'input') return b.kind === 'input' && a.name === b.name && a.dtype === b.dtype;
  if (a.kind === 'outside')
    return b.kind === 'outside' && (a.tensor === b.tensor || a.tensor.dataId === b.tensor.dataId);
  return true;
}

/** Bits are compared, so that NaN is NaN and -0 is not 0. */
function changeOf(a: Values, b: Values): string | undefined {
  const [before, after] = [a, b].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
  ) as [Buffer, Buffer];
  if (before.equals(after)) return undefined;
  if (a.length === 1 && b.length === 1)
    return `a number that JavaScript makes was ${a[0]} and became ${b[0]}`;
  return `numbers that JavaScript makes change (a tensor of ${a.length})`;
}

function describe(a: Step | undefined, b: Step | undefined): string {
  if (a && b && a.operation === b.operation && !sameNumbers(a.params, b.params)) {
    const at = a.params.findIndex((number, i) => !Object.is(number, b.params[i]));
    return `a number given to ${a.operation} was ${a.params[at]} and became ${b.params[at]}`;
  }
  return 'it runs other operations than before';
}
