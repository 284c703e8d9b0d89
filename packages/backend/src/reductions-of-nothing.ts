import {
  getBackend,
  getKernel,
  type KernelConfig,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
  util,
} from '@tensorflow/tfjs';

/** What is left where an axis of no elements is reduced: what changes no other result, as in TensorFlow; no mean. */
const OF_NOTHING: Record<string, number> = {
  Mean: NaN,
  Max: -Infinity,
  Min: Infinity,
  Prod: 1,
  All: 1,
  Any: 0,
};

interface Attributes {
  axis?: number | number[];
  reductionIndices?: number | number[];
  keepDims?: boolean;
}

/**
 * Gives reductions over axes without elements the same values on the backend in use as on every other. Stock ones give
 * what happens to lie in memory (wasm), a mean of 0, extrema that are no numbers and an `all` that is false (cpu).
 */
export function patchReductionsOfNothing(): void {
  const backendName = getBackend();
  for (const kernelName of Object.keys(OF_NOTHING)) {
    const stock = getKernel(kernelName, backendName);
    if (!stock || patched.has(stock)) continue;
    const kernel: KernelConfig = {
      ...stock,
      ...{ kernelName, backendName },
      kernelFunc: orOfNothing(stock.kernelFunc, kernelName, backendName),
    };
    unregisterKernel(kernelName, backendName);
    registerKernel(kernel);
    patched.add(kernel);
  }
}

const patched = new WeakSet<KernelConfig>();

const orOfNothing =
  (stock: KernelFunc, kernelName: string, backendName: string): KernelFunc =>
  (args) => {
    const x = args.inputs.x as TensorInfo;
    if (!x.shape.includes(0)) return stock(args);
    const { axis, reductionIndices, keepDims = false } = args.attrs as Attributes;
    const axes = util.parseAxisParam((axis ?? reductionIndices) as number[], x.shape);
    const shape = x.shape.flatMap((side, d) => (!axes.includes(d) ? [side] : keepDims ? [1] : []));
    if (shape.includes(0)) return stock(args);
    const value = OF_NOTHING[kernelName]!;
    const dtype = kernelName === 'Mean' ? 'float32' : x.dtype;
    if (dtype === 'int32' && !Number.isFinite(value)) return stock(args);
    const attrs = { shape, value, dtype };
    return getKernel('Fill', backendName).kernelFunc({ inputs: {}, attrs, backend: args.backend });
  };
