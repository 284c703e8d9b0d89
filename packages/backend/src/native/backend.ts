import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';

import type { Addon } from './addon.js';
import { reusedMemory, type Values, type ValuesType } from './memory.js';
import { numberOf, type OperationName } from './operations.js';
import { closureState } from './replay/closure-state.js';
import { recordStep } from './replay/record-step.js';
import type { Entry, NativeBackend, Recording } from './types.js';

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** Makes the backend: a subclass of the class that this program's own stock CPU backend has, so there is one copy. */
export function createNativeBackend(addon: Addon): NativeBackend {
  const factory = tf.findBackendFactory('cpu');
  if (!factory)
    throw new Error(
      'Cannot make the native backend: no "cpu" backend is registered, expected that of @tensorflow/tfjs; import it first',
    );
  const Stock = (factory() as MathBackendCPU).constructor as new () => MathBackendCPU;
  const memory = reusedMemory(addon);
  const params = addon.params();

  class Native extends Stock {
    readonly addon = addon;
    readonly memory_ = memory;
    recording: Recording | undefined;

    constructor() {
      super();
      (this as unknown as { firstUse: boolean }).firstUse = false; // else it prints an advertisement
    }

    output(shape: readonly number[], dtype: ValuesType): TensorInfo {
      const values = memory.take(dtype, tf.util.sizeFromShape(shape as number[]));
      const dataId = super.write(values, shape as number[], dtype);
      this.entry(dataId).pooled = true;
      return { dataId, shape: shape as number[], dtype };
    }

    launch(
      operation: OperationName,
      numbers: readonly number[],
      reads: readonly TensorInfo[],
      writes: readonly TensorInfo[],
    ): void {
      this.perform(operation, numbers, reads, writes, false);
    }

    update(
      operation: OperationName,
      numbers: readonly number[],
      reads: readonly TensorInfo[],
      writes: readonly TensorInfo[],
    ): void {
      this.perform(operation, numbers, reads, writes, true);
    }

    private perform(
      operation: OperationName,
      numbers: readonly number[],
      reads: readonly TensorInfo[],
      writes: readonly TensorInfo[],
      updated: boolean,
    ): void {
      for (let i = 0; i < numbers.length; i++) params[i] = numbers[i]!;
      const buffers: Values[] = [];
      for (const info of reads) buffers.push(this.values(info));
      for (const info of writes) buffers.push(this.values(info));
      addon.run(numberOf(operation), numbers.length, ...buffers);
      this.recording?.ran(operation, numbers, reads, writes, updated);
    }

    recordStep(inputs: Record<string, tf.Tensor>, counter: number, step: () => Record<string, tf.Scalar>) {
      return recordStep(this as unknown as NativeBackend, inputs, counter, step);
    }

    closureState = closureState;

    entry(dataId: object): Entry {
      return this.data.get(dataId) as unknown as Entry;
    }

    values(info: TensorInfo): Values {
      const entry = this.entry(info.dataId);
      const Expected = arrays[entry.dtype as ValuesType];
      // Some stock kernels keep whole numbers in a Float32Array (OneHot does).
      if (Expected && !(entry.values instanceof Expected))
        entry.values = new Expected(entry.values as ArrayLike<number> as never);
      return entry.values!;
    }

    own(dataId: object): Values {
      const entry = this.entry(dataId);
      if (entry.pooled) return entry.values!;
      const values = this.values({ dataId } as TensorInfo);
      const copy = memory.take(entry.dtype as ValuesType, values.length);
      copy.set(values);
      entry.values = copy;
      entry.pooled = true;
      return copy;
    }

    share(dataId: object): void {
      this.entry(dataId).pooled = false;
    }

    override write(values: never, shape: number[], dtype: tf.DataType): object {
      const dataId = super.write(values, shape, dtype);
      this.recording?.wrote(dataId, values);
      return dataId;
    }

    override move(
      dataId: object,
      values: never,
      shape: number[],
      dtype: tf.DataType,
      refCount: number,
    ): void {
      super.move(dataId, values, shape, dtype, refCount);
      this.recording?.refuse('a tensor comes from another backend');
    }

    override readSync(dataId: object): never {
      this.recording?.refuse('the step reads a value back into JavaScript');
      const values = super.readSync(dataId);
      // A copy: the array may be written in place or handed out again.
      return (this.entry(dataId).pooled ? (values as Values).slice() : values) as never;
    }

    override disposeData(dataId: object, force = false): boolean {
      const entry = this.data.has(dataId) ? this.entry(dataId) : undefined;
      const gone = super.disposeData(dataId, force);
      if (gone && entry?.pooled) memory.give(entry.values!);
      return gone;
    }
  }
  return new Native() as unknown as NativeBackend & KernelBackend;
}
