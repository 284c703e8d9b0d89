import * as tf from '@tensorflow/tfjs';
import { arranging } from './arrange.js';
import type { Doubles, Reference } from './doubles.js';
import { elementWise } from './element-wise.js';
import { normalising } from './normalise.js';
import { picking } from './pick.js';
import { products } from './products.js';
import { reducing } from './reduce.js';
import { resizing } from './resize.js';
import { windowed } from './windows.js';

/** Every operation in double precision, by the name of its kernel. */
const references: Record<string, Reference> = {
  ...arranging,
  ...elementWise,
  ...normalising,
  ...picking,
  ...products,
  ...reducing,
  ...resizing,
  ...windowed,
};

interface Entry {
  values: Float64Array;
  dtype: tf.DataType;
  count: number;
}

/**
 * Registers the TensorFlow.js backend `doubles`: plain definitions in double precision, independent of the backends
 * that they judge. Whatever is written for TensorFlow.js runs on it, a whole layer too, with 52 bits.
 */
export function registerDoubles(): void {
  if (tf.findBackendFactory('doubles')) return;
  for (const [kernelName, reference] of Object.entries(references))
    tf.registerKernel({ kernelName, backendName: 'doubles', kernelFunc: kernelOf(reference) });
  tf.registerBackend('doubles', () => new DoublesBackend(), 0);
}

/** A tensor of doubles, which `tf.tensor` would round to floats. */
export function tensorOf(values: Float64Array, shape: number[]): tf.Tensor {
  const backend = tf.backend() as DoublesBackend;
  const dataId = backend.write(values, shape, 'float32');
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype: 'float32' });
}

const kernelOf =
  (reference: Reference): tf.KernelFunc =>
  ({ inputs, attrs, backend: given }) => {
    const backend = given as DoublesBackend;
    const read = Object.fromEntries(
      Object.entries(inputs as unknown as Record<string, tf.TensorInfo | undefined>)
        .filter((entry): entry is [string, tf.TensorInfo] => entry[1] !== undefined && entry[1] !== null)
        .map(([name, { dataId, shape, dtype }]) => [
          name,
          { shape, values: backend.readSync(dataId), dtype } as Doubles,
        ]),
    );
    const results = reference(read, attrs as never);
    const written = [results].flat().map(({ values, shape, dtype = 'float32' }) => ({
      dataId: backend.write(values, shape, dtype),
      shape,
      dtype,
    }));
    return Array.isArray(results) ? written : written[0]!;
  };

class DoublesBackend extends tf.KernelBackend {
  private readonly entries = new Map<object, Entry>();

  override write(
    values: tf.backend_util.BackendValues | Float64Array,
    _shape: number[],
    dtype: tf.DataType,
  ): object {
    const dataId = {};
    this.entries.set(dataId, { values: Float64Array.from(values as ArrayLike<number>), dtype, count: 1 });
    return dataId;
  }
  override move(
    dataId: object,
    values: tf.backend_util.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
    count: number,
  ) {
    this.entries.set(dataId, { values: Float64Array.from(values as ArrayLike<number>), dtype, count });
  }
  override readSync(dataId: object): never {
    return this.entries.get(dataId)!.values as never;
  }
  override read(dataId: object): Promise<never> {
    return Promise.resolve(this.readSync(dataId));
  }
  override refCount(dataId: object): number {
    return this.entries.get(dataId)?.count ?? 0;
  }
  override incRef(dataId: object): void {
    this.entries.get(dataId)!.count++;
  }
  override disposeData(dataId: object, force = false): boolean {
    const entry = this.entries.get(dataId);
    if (entry && --entry.count > 0 && !force) return false;
    return this.entries.delete(dataId) || true;
  }
  override numDataIds(): number {
    return this.entries.size;
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }
  override floatPrecision(): 32 {
    return 32;
  }
  override dispose(): void {}
}
