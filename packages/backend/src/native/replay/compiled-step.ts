import { wholeCopy } from '../kernels/copy.js';
import { makeExclusive } from '../kernels/exclusive.js';
import type { Values } from '../memory.js';
import { numberOf, type OperationName, type ParamsOf } from '../operations.js';
import type { NativeBackend, Slot, Trace } from '../types.js';
import { fuse } from './fuse.js';
import { updateEarly } from './order.js';
import { compile, layOut } from './program.js';

interface Place {
  /** Among the slots. */
  number: number;
  written: boolean;
  /** Whether it lies in the step's own memory. */
  placed: boolean;
}
type OutsideSlot = Extract<Slot, { kind: 'outside' }> & Place;
type InputSlot = Extract<Slot, { kind: 'input' }> & Place;

/** A recorded step as the compiled library runs it, on memory of its own. */
export function compiledStep(backend: NativeBackend, recorded: Trace) {
  const { addon } = backend;
  const trace = updateEarly(fuse(recorded));
  const layout = layOut(trace);
  const program = compile(addon, trace, layout);
  const load = inputLoader(backend);

  const used = new Set(layout.steps.flatMap(({ reads, writes }) => [...reads, ...writes]));
  const written = new Set(layout.steps.flatMap(({ writes }) => writes));
  const numbered = trace.slots.map((slot, number) => ({
    ...slot,
    number,
    written: written.has(number),
    placed: layout.offsets[number] !== undefined,
  }));
  const outside = numbered.filter(
    (slot): slot is OutsideSlot => slot.kind === 'outside' && used.has(slot.number),
  );
  const wanted = new Map(
    numbered.filter((slot) => slot.kind === 'input').map((slot) => [slot.name, slot as InputSlot]),
  );

  const outsideSlots = Int32Array.from(outside, ({ number }) => number);
  const arrays: Values[] = outside.map(({ tensor }) => backend.values(tensor));
  const outputNames = Object.keys(trace.outputs);
  const outputSlots = Int32Array.from(Object.values(trace.outputs));
  const results = new Float64Array(outputNames.length);

  return {
    run(inputs: Record<string, Uint8Array | Float32Array>, counter: number): Record<string, number> {
      for (const name of wanted.keys())
        if (!inputs[name]) throw new RangeError(`Cannot run a recorded step: input "${name}" is missing`);
      for (const [name, values] of Object.entries(inputs)) {
        const slot = wanted.get(name);
        if (!slot)
          throw new RangeError(
            `Cannot run a recorded step: unknown input "${name}", expected ${[...wanted.keys()].join(', ')}`,
          );
        load(program, slot, values);
      }
      outside.forEach((slot, i) => {
        if (slot.written) makeExclusive(backend, slot.tensor);
        arrays[i] = backend.values(slot.tensor);
      });
      addon.replay(program, outsideSlots, arrays, counter, outputSlots, results);
      const outputs: Record<string, number> = {};
      for (let i = 0; i < outputNames.length; i++) outputs[outputNames[i]!] = results[i]!;
      return outputs;
    },
    release: () => addon.release(program),
  };
}

/** Turns what the caller gives into the input's elements, straight in the step's memory. */
function inputLoader(backend: NativeBackend) {
  const { addon } = backend;
  return (
    program: object,
    { name, number, bytes, dtype, placed }: InputSlot,
    values: Uint8Array | Float32Array,
  ): void => {
    const count = bytes / 4;
    if (values.length !== count)
      throw new RangeError(
        `Cannot run a recorded step: input "${name}" has ${values.length} elements, expected ${count}`,
      );
    if (!placed) return; // nothing reads it
    const isBytes = values instanceof Uint8Array;
    const load = <Name extends OperationName>(operation: Name, params: ParamsOf<Name>) =>
      addon.load(program, number, numberOf(operation), values, params);
    if (dtype === 'int32') load(isBytes ? 'CastBoolToInt' : 'CastFloatToInt', [count]);
    else if (isBytes) load('BytesToUnit', [count]);
    else load('Copy', wholeCopy(count, 4));
  };
}
