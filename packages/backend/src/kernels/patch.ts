import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs';
import { repeatInputs } from './broadcast.js';
import { maxPool3dGrad } from './max-pool-3d-grad.js';
import { refuseWideStrides } from './space.js';
import { spellOutWindows } from './windows.js';

/** Kernels that are given other words for the same, which they understand; every backend has them. */
const patches: Record<string, (stock: KernelFunc, backendName: string) => KernelFunc> = {
  ...spellOutWindows,
  ...refuseWideStrides,
  ...repeatInputs,
  MaxPool3DGrad: (stock, backendName) => (['cpu', 'native'].includes(backendName) ? maxPool3dGrad : stock),
};

/** Puts these before the kernels of a backend, once. */
export function patchKernels(backendName: string): void {
  if (patched.has(backendName)) return;
  patched.add(backendName);
  for (const [kernelName, patch] of Object.entries(patches)) {
    const stock = getKernel(kernelName, backendName);
    if (!stock) continue;
    unregisterKernel(kernelName, backendName);
    registerKernel({ ...stock, kernelFunc: patch(stock.kernelFunc, backendName) });
  }
}

const patched = new Set<string>();
