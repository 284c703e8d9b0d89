import type * as tf from '@tensorflow/tfjs';

import type { NativeBackend, RecordedStep, StepReplay, Trace } from '../types.js';
import { compiledStep } from './compiled-step.js';
import { differenceOf } from './difference.js';
import { startRecording } from './recording.js';

/**
 * Runs `step` once in the ordinary way and notes the operations that it runs. Whatever changes from run to run must
 * be one of `inputs`, a `tf.Variable`, or noise of the kernel `PhiloxRandom` from `counter` on: numbers that
 * JavaScript makes while the step is recorded stay as they are, and only a second recording shows that they change.
 * A step that reads values back, runs a kernel in JavaScript or leaves tensors behind has no replay, and `reason`
 * says which.
 */
export function recordStep(
  backend: NativeBackend,
  inputs: Record<string, tf.Tensor>,
  counter: number,
  step: () => Record<string, tf.Scalar>,
): RecordedStep {
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

function replayOf(backend: NativeBackend, trace: Trace): StepReplay {
  const outside = trace.slots.filter((slot) => slot.kind === 'outside');
  let program: ReturnType<typeof compiledStep> | undefined;
  let disposed = false;
  return {
    trace,
    get stale() {
      return outside.some(({ tensor }) => !backend.data.has(tensor.dataId));
    },
    differenceFrom: (earlier) => differenceOf(earlier.trace, trace),
    run(inputs, counter) {
      if (disposed)
        throw new RangeError('Cannot run a recorded step: it was disposed of, expected a live one');
      program ??= compiledStep(backend, trace);
      return program.run(inputs, counter);
    },
    dispose() {
      program?.release();
      program = undefined;
      disposed = true;
    },
  };
}
