import type { KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

import type { NativeKernel } from './kernel.js';
import { nativeKernels } from './kernels/index.js';
import type { NativeBackend } from './types.js';

/** Stock kernels that only look at a tensor anew: the data stays where it is. */
const viewsOnly = new Set(['Identity', 'Reshape', 'ExpandDims']);

/** Registers every kernel of the stock CPU backend under our name, ours in place of those that we have. */
export function registerKernels(backendName: string): void {
  const stock = new Map(
    tf.getKernelsForBackend('cpu').map((config) => [config.kernelName, config.kernelFunc]),
  );
  for (const kernelName of new Set([...stock.keys(), ...Object.keys(nativeKernels)])) {
    const own = nativeKernels[kernelName];
    const fallback = stock.get(kernelName) && watched(kernelName, stock.get(kernelName)!);
    const kernelFunc: KernelFunc = own ? preferring(own, kernelName, fallback) : fallback!;
    tf.registerKernel({ kernelName, backendName, kernelFunc } as KernelConfig);
  }
}

const preferring =
  (own: NativeKernel, name: string, fallback: KernelFunc | undefined): KernelFunc =>
  (args) => {
    const done = own(
      args.backend as NativeBackend,
      args.inputs as Record<string, TensorInfo>,
      args.attrs as never,
    );
    if (done) return done;
    if (fallback) return fallback(args);
    throw new TypeError(`Cannot run ${name}: these inputs are not supported, expected float32`);
  };

/**
 * A stock kernel may return a window into its input's array (a slice does), and cannot be part of a recorded step.
 */
function watched(name: string, kernel: KernelFunc): KernelFunc {
  if (viewsOnly.has(name)) return kernel;
  return (args) => {
    const backend = args.backend as NativeBackend;
    backend.recording?.refuse(`${name} runs in JavaScript`);
    const results = kernel(args);
    for (const result of Array.isArray(results) ? results : [results])
      for (const input of Object.values(args.inputs as Record<string, TensorInfo | TensorInfo[]>).flat())
        if (input && sharesArray(backend, result, input)) backend.share(input.dataId);
    return results;
  };
}

function sharesArray(backend: NativeBackend, result: TensorInfo, input: TensorInfo): boolean {
  if (!result?.dataId || !input.dataId || !backend.data.has(result.dataId) || !backend.data.has(input.dataId))
    return false;
  const made = backend.entry(result.dataId).values;
  const given = backend.entry(input.dataId).values;
  return made !== given && made?.buffer !== undefined && made.buffer === given?.buffer;
}
