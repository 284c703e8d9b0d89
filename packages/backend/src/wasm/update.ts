import { engine, type TensorInfo, Variable } from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { address, heapOf, type KernelArguments, sizeOf, withMemory } from './kernel.js';
import { type Simd, simd } from './simd.js';

/**
 * UpdateAdam, UpdateAdamax, UpdateSgd and UpdateRmsprop: one optimiser step of one variable, in place. Inputs are
 * float32: `variable` and what is remembered for it (`slots`), which are tf.Variables and change; `gradient`; and
 * `hyper`, the scalars of the step, in the order in which `packages/backend/wasm/updates.ts` reads them.
 * The bits are those of the same formulas in tensor operations.
 */
export const update =
  (formula: 'adam' | 'adamax' | 'sgd' | 'rmsprop', slots: string[]) =>
  ({ inputs, backend }: KernelArguments): TensorInfo[] => {
    const changed = ['variable', ...slots];
    for (const name of changed) ownMemory(inputs[name]!, backend);
    const arrays = ['variable', 'gradient', ...slots].map((name) => address(inputs[name]!, backend));
    const hyper = address(inputs['hyper']!, backend);
    const count = sizeOf(inputs['variable']!);
    apply(simd(backend)[formula], arrays, hyper, count, backend);
    for (const name of changed) forgetPacked(inputs[name]!, backend);
    return [];
  };

/** The compiled formulas take four values at a time: what is left over goes through padded copies. */
function apply(
  formula: Simd['adam'],
  arrays: number[],
  hyper: number,
  count: number,
  backend: BackendWasm,
): void {
  const whole = count - (count % 4);
  if (whole > 0) formula(...arrays, hyper, whole);
  if (whole === count) return;
  withMemory(16 * arrays.length, backend, (spare) => {
    const heap = heapOf(backend).HEAPU8;
    const rests = arrays.map((at) => at + 4 * whole);
    rests.forEach((at, i) => heap.copyWithin(spare + 16 * i, at, at + 4 * (count - whole)));
    formula(...arrays.map((_, i) => spare + 16 * i), hyper, 4);
    rests.forEach((at, i) => heap.copyWithin(at, spare + 16 * i, spare + 16 * i + 4 * (count - whole)));
  });
}

/** A variable whose memory is shared, with a clone say, gets a copy of its own, so that only the variable changes. */
function ownMemory(tensor: TensorInfo, backend: BackendWasm): void {
  if (backend.refCount(tensor.dataId) === 1) return;
  if (!(tensor instanceof Variable))
    throw new TypeError(
      'Cannot update in place: the memory is shared with another tensor, expected a tf.Variable',
    );
  const copy = backend.makeOutput(tensor.shape, 'float32');
  backend.typedArrayFromHeap(copy).set(backend.typedArrayFromHeap(tensor));
  const owner = engine().makeTensorFromTensorInfo(copy);
  tensor.assign(owner);
  owner.dispose();
  // The engine's check for lost memory, on in its test mode, subtracts these from what a kernel leaves behind.
  const { numDataMovesStack: moves } = engine().state;
  if (moves.length > 0) moves[moves.length - 1]! += 1;
}

/** XNNPACK keeps packed copies of weights by the number of their tensor; registering it anew drops them. */
function forgetPacked(tensor: TensorInfo, backend: BackendWasm): void {
  const { id, memoryOffset } = backend.dataIdMap.get(tensor.dataId);
  backend.wasm.tfjs.disposeData(id);
  backend.wasm.tfjs.registerTensor(id, sizeOf(tensor), memoryOffset);
}
