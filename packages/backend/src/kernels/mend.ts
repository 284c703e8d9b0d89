import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs';
import { repeatInputs } from './broadcast.js';
import { maxPool3dGrad } from './max-pool-3d-grad.js';
import { refuseWideStrides } from './space.js';
import { spellOutWindows } from './windows.js';

/** Kernels that are given other words for the same, which they understand; every backend has them. */
const mends: Record<string, (stock: KernelFunc, backendName: string) => KernelFunc> = {
  ...spellOutWindows,
  ...refuseWideStrides,
  ...repeatInputs,
  MaxPool3DGrad: (stock, backendName) => (['cpu', 'native'].includes(backendName) ? maxPool3dGrad : stock),
};

/** Puts these before the kernels of a backend, once. */
export function mendKernels(backendName: string): void {
  if (mended.has(backendName)) return;
  mended.add(backendName);
  for (const [kernelName, mend] of Object.entries(mends)) {
    const stock = getKernel(kernelName, backendName);
    if (!stock) continue;
    unregisterKernel(kernelName, backendName);
    registerKernel({ ...stock, kernelFunc: mend(stock.kernelFunc, backendName) });
  }
}

const mended = new Set<string>();
