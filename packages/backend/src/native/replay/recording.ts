import type { TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import { sizeOf } from '../kernel.js';
import { wholeCopy } from '../kernels/copy.js';
import { separateVariables } from '../kernels/exclusive.js';
import { placeOf } from '../operations.js';
import type { NativeBackend, Recording, Slot, Step, Trace } from '../types.js';

/** Listens to the backend while a step runs in the ordinary way. */
export interface StepRecording extends Recording {
  /** The trace, or why there is none. Called when the step is over. */
  finish(outputs: Record<string, tf.Scalar>): { trace: Trace } | { reason: string };
}

const NOISE_COUNTER = placeOf('PhiloxRandom', 'counter');

export function startRecording(
  backend: NativeBackend,
  inputs: Record<string, tf.Tensor>,
  counter: number,
): StepRecording {
  const slots: Slot[] = [];
  const slotOf = new Map<object, number>();
  const steps: Step[] = [];
  separateVariables(backend);
  const variables = Object.values(tf.engine().registeredVariables);
  const dataAtStart = new Map(variables.map((variable) => [variable, variable.dataId as object]));
  const variableOf = new Map(variables.map((variable) => [variable.dataId as object, variable]));
  const tensorsAtStart = tf.engine().state.numTensors;
  let reason: string | undefined;
  let noise = { seed: undefined as number | undefined, counter };

  const add = (dataId: object, slot: Slot): number => {
    slotOf.set(dataId, slots.length);
    return slots.push(slot) - 1;
  };
  for (const [name, tensor] of Object.entries(inputs))
    add(tensor.dataId, {
      kind: 'input',
      name,
      bytes: backend.values(tensor).byteLength,
      dtype: tensor.dtype,
    });

  const slotRead = (info: TensorInfo): number =>
    slotOf.get(info.dataId) ??
    add(info.dataId, {
      kind: 'outside',
      tensor: variableOf.get(info.dataId) ?? { dataId: info.dataId, shape: info.shape, dtype: info.dtype },
      bytes: sizeOf(info.shape) * (info.dtype === 'bool' ? 1 : 4),
    });
  // What is written for the first time is new, unless the backend has had it before: then it is updated in place.
  const slotWritten = (info: TensorInfo, updated: boolean): number =>
    updated
      ? slotRead(info)
      : (slotOf.get(info.dataId) ??
        add(info.dataId, { kind: 'temporary', bytes: backend.values(info).byteLength }));

  /** Draws must follow each other without gaps from the given counter; a gap was drawn in JavaScript. */
  function followNoise(params: readonly number[]): void {
    const [, count, seed, at] = params as [number, number, number, number];
    if (at !== noise.counter || (noise.seed ?? seed) !== seed)
      reason ??= 'it draws noise in JavaScript or from another stream';
    noise = { seed, counter: at + Math.ceil(count / 4) };
  }

  /** A slot's elements as they are when all else is done, in another slot. */
  function addCopy(from: number, to: number): void {
    const { bytes } = slots[from]!;
    const each = bytes % 4 === 0 ? 4 : 1;
    steps.push({ operation: 'Copy', params: wholeCopy(bytes / each, each), reads: [from], writes: [to] });
  }

  /** The same elements where no variable's new value can reach them. */
  function copyAside(from: number): number {
    const to = slots.push({ kind: 'temporary', bytes: slots[from]!.bytes }) - 1;
    addCopy(from, to);
    return to;
  }

  /**
   * A variable that was assigned a new value gets it at the end of every run. All values are taken before the first
   * variable changes, for one may be the other's new value, or a result of the step.
   */
  function assignAtEnd(): void {
    const assigned = [...dataAtStart].filter(([variable, before]) => variable.dataId !== before);
    const takes = assigned.map(([variable, before]) => {
      const from = slotRead({ dataId: variable.dataId, shape: variable.shape, dtype: variable.dtype });
      const to = slotRead({ dataId: before, shape: variable.shape, dtype: variable.dtype });
      return { from: slots[from]!.kind === 'outside' ? copyAside(from) : from, to };
    });
    for (const { from, to } of takes) addCopy(from, to);
  }

  function checkAfterwards(outputs: Record<string, tf.Scalar>): void {
    const kept = new Set(Object.values(outputs).map((tensor) => tensor.id)).size;
    const left = tf.engine().state.numTensors - tensorsAtStart - kept;
    if (left !== 0)
      reason ??=
        left > 0
          ? 'it leaves tensors or new variables behind'
          : 'it disposes of tensors that it did not make';
    for (const [variable, before] of dataAtStart)
      if (variable.isDisposed) reason ??= 'it disposes of a variable';
      else if (variable.dataId !== before && !backend.data.has(variable.dataId))
        reason ??= 'a tensor comes from another backend';
    for (const slot of slots)
      if (slot.kind === 'outside' && !backend.data.has(slot.tensor.dataId))
        reason ??= 'it disposes of a tensor that it did not make';
    for (const [name, tensor] of Object.entries(outputs))
      if (tensor.dtype !== 'float32' || tensor.size !== 1)
        reason ??= `its result "${name}" is no float32 scalar`;
  }

  return {
    ran(operation, params, reads, writes, updated = false) {
      const isNoise = operation === 'PhiloxRandom';
      if (isNoise) followNoise(params);
      steps.push({
        operation,
        params: isNoise ? params.map((p, i) => (i === NOISE_COUNTER ? p - counter : p)) : [...params],
        reads: reads.map(slotRead),
        writes: writes.map((info) => slotWritten(info, updated)),
        ...(isNoise && { counterParam: NOISE_COUNTER }),
      });
    },
    wrote(dataId, values) {
      if (ArrayBuffer.isView(values))
        add(dataId, { kind: 'constant', values: values.slice(), bytes: values.byteLength });
      else reason ??= 'it makes a tensor of text or complex numbers';
    },
    refuse(why) {
      reason ??= why;
    },
    finish(outputs) {
      checkAfterwards(outputs);
      if (reason !== undefined) return { reason };
      const results = Object.entries(outputs).map(([name, tensor]) => {
        const slot = slotRead(tensor);
        return [name, slots[slot]!.kind === 'outside' ? copyAside(slot) : slot] as const;
      });
      assignAtEnd();
      return { trace: { slots, steps, outputs: Object.fromEntries(results) } };
    },
  };
}
