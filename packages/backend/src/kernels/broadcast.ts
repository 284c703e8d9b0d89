import {
  broadcast_util,
  getKernel,
  type KernelBackend,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';

type Inputs = Record<string, TensorInfo | undefined>;

/** What shape an input should have, where it should not stay as it is. */
type Fit = (name: string, inputs: Record<string, TensorInfo>) => number[] | undefined;

/**
 * Kernels whose inputs are repeated before they get them. Stock batch normalisation, but for WebGL's, takes values that
 * broadcast along another axis than the channels (that of `tf.layers.batchNormalization({ axis: 1 })`) for channels;
 * `cpu` mixes up the products of batches that broadcast both ways; `wasm` has `prelu` along the last axis only.
 */
export const repeatInputs: Record<string, (stock: KernelFunc, backendName: string) => KernelFunc> = {
  FusedBatchNorm: repeating((name, { x, ...given }) => (name !== 'x' && given[name]!.shape.length > 1 ? x!.shape : undefined)), // prettier-ignore
  Prelu: repeating((name, { x, alpha }) =>
    name === 'alpha' && alpha!.shape.length > 1 ? x!.shape : undefined,
  ),
  BatchMatMul: repeating((name, { a, b }) => {
    const [batchA, batchB] = [a!.shape.slice(0, -2), b!.shape.slice(0, -2)];
    if ([batchA, batchB].some((batch) => util.sizeFromShape(batch) === 1)) return undefined;
    const batch = broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
    return [...batch, ...(name === 'a' ? a! : b!).shape.slice(-2)];
  }),
};

function repeating(fit: Fit): (stock: KernelFunc, backendName: string) => KernelFunc {
  return (stock, backendName) => (args) => {
    const backend = args.backend as KernelBackend;
    const inputs = args.inputs as unknown as Inputs;
    const given = Object.entries(inputs).filter(isThere);
    // TensorFlow.js asks inputs that are not there for their number when it differentiates.
    for (const name of Object.keys(inputs)) if (!inputs[name]) delete inputs[name];
    const made: TensorInfo[] = [];
    const fitted = given.map(([name, input]) => {
      const shape = fit(name, Object.fromEntries(given));
      if (!shape || util.arraysEqual(shape, input.shape)) return [name, input];
      made.push(repeated(input, shape, backend, backendName));
      return [name, made.at(-1)];
    });
    const result = stock({ ...args, inputs: Object.fromEntries(fitted) as NamedTensorInfoMap });
    for (const { dataId } of made) backend.disposeData(dataId);
    return result;
  };
}

const isThere = (entry: [string, TensorInfo | undefined]): entry is [string, TensorInfo] => Boolean(entry[1]);

/** A tensor broadcast to a shape. */
function repeated(
  input: TensorInfo,
  shape: number[],
  backend: KernelBackend,
  backendName: string,
): TensorInfo {
  const run = (name: string, x: TensorInfo, attrs: NamedAttrMap) =>
    getKernel(name, backendName).kernelFunc({ inputs: { x }, attrs, backend }) as TensorInfo;
  const missing = shape.length - input.shape.length;
  const aligned = shape.map((_, d) => input.shape[d - missing] ?? 1);
  const view = run('Reshape', input, { shape: aligned });
  const reps = shape.map((side, d) => side / aligned[d]!);
  const result = run('Tile', view, { reps });
  backend.disposeData(view.dataId);
  return result;
}
