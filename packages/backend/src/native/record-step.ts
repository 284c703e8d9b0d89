import type * as tf from '@tensorflow/tfjs';

import type { NativeBackend } from './backend.js';
import { makeExclusive } from './exclusive.js';
import { fuse } from './fuse.js';
import type { Values } from './memory.js';
import { updateEarly } from './order.js';
import { compile, layOut } from './program.js';
import { startRecording, type Slot, type Trace } from './recording.js';

/** A recorded step: runs natively from the first operation to the last, with no JavaScript in between. */
export interface StepReplay {
  /**
   * The results for new inputs, with the bits that the ordinary path would give. Bytes for a float32 input stand
   * for value/255, for an int32 input they are the values.
   * @param counter of the noise, in blocks of the stream that the step was recorded with
   * @throws RangeError where an input is missing, unknown or of another length than when it was recorded
   */
  run(inputs: Record<string, Uint8Array | Float32Array>, counter: number): Record<string, number>;
  /** Frees the memory that the step works in. */
  dispose(): void;
}

/**
 * Runs `step` once in the ordinary way and notes the operations that it runs. Whatever changes from run to run must
 * be one of `inputs`, a `tf.Variable`, or noise of the kernel `PhiloxRandom` from `counter` on: numbers that
 * JavaScript makes while the step is recorded stay as they are. A step that reads values back, runs a kernel in
 * JavaScript or leaves tensors behind has no replay, and `reason` says which.
 */
export function recordStep(
  backend: NativeBackend,
  inputs: Record<string, tf.Tensor>,
  counter: number,
  step: () => Record<string, tf.Scalar>,
): { outputs: Record<string, number>; replay?: StepReplay; reason?: string } {
  const recording = startRecording(backend, inputs, counter);
  backend.recording = recording;
  let scalars: Record<string, tf.Scalar>;
  try {
    scalars = step();
  } finally {
    backend.recording = undefined;
  }
  const result = recording.finish(scalars);
  const outputs = Object.fromEntries(
    Object.entries(scalars).map(([name, scalar]) => [name, scalar.dataSync()[0]!]),
  );
  return 'reason' in result
    ? { outputs, reason: result.reason }
    : { outputs, replay: replayOf(backend, result.trace) };
}

type OutsideSlot = Extract<Slot, { kind: 'outside' }> & { number: number; written: boolean };
type InputSlot = Extract<Slot, { kind: 'input' }> & { number: number };

function replayOf(backend: NativeBackend, recorded: Trace): StepReplay {
  const { addon } = backend;
  const trace = updateEarly(fuse(recorded, addon.describe().operations));
  const layout = layOut(trace);
  let program: object | undefined = compile(addon, trace, layout);
  const load = inputLoader(backend);

  const used = new Set(
    layout.steps.flatMap(({ reads, writes }) => [...reads, ...writes]).concat(Object.values(trace.outputs)),
  );
  const written = new Set(layout.steps.flatMap(({ writes }) => writes));
  const numbered = trace.slots.map((slot, number) => ({ ...slot, number, written: written.has(number) }));
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
    run(inputs, counter) {
      if (!program)
        throw new RangeError('Cannot run a recorded step: it was disposed of, expected a live one');
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
    dispose() {
      if (program) addon.release(program);
      program = undefined;
    },
  };
}

/** Turns what the caller gives into the input's elements, straight in the step's memory. */
function inputLoader(backend: NativeBackend) {
  const { addon } = backend;
  const operations = addon.describe().operations;
  const [unit, toInt, floatToInt, copy] = ['BytesToUnit', 'CastBoolToInt', 'CastFloatToInt', 'Copy'].map(
    (name) => operations.indexOf(name),
  ) as [number, number, number, number];
  return (
    program: object,
    { name, number, bytes, dtype }: InputSlot,
    values: Uint8Array | Float32Array,
  ): void => {
    const count = bytes / 4;
    if (values.length !== count)
      throw new RangeError(
        `Cannot run a recorded step: input "${name}" has ${values.length} elements, expected ${count}`,
      );
    const isBytes = values instanceof Uint8Array;
    if (dtype === 'int32') addon.load(program, number, isBytes ? toInt : floatToInt, values, [count]);
    else if (isBytes) addon.load(program, number, unit, values, [count]);
    else addon.load(program, number, copy, values, [4, 1, 0, 0, count, 1, 1]);
  };
}
