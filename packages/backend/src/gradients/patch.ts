import { getGradient, type GradConfig, registerGradient, unregisterGradient } from '@tensorflow/tfjs';
import { arranging } from './arrange.js';
import { batchNorm } from './batch-norm.js';
import { broadcasting } from './broadcast.js';
import { constants } from './constant.js';
import { convolving } from './convolution.js';
import { patchDilatedLayers } from './dilated-layer.js';
import { mirrorPad } from './mirror-pad.js';
import { pooling } from './pool.js';
import { products } from './products.js';
import { reducing } from './reduce.js';
import { refused } from './refuse.js';
import { resizing } from './resize.js';

/** Gradients in place of stock ones that are wrong, that throw, or that are missing; they hold on every backend. */
export const patchedGradients: readonly GradConfig[] = [
  ...arranging,
  ...broadcasting,
  ...constants,
  ...convolving,
  ...pooling,
  ...products,
  ...reducing,
  ...resizing,
  batchNorm,
  mirrorPad,
];

/**
 * Replaces TensorFlow.js's gradients that are not right, for every program on the page or in the process; a second call
 * does nothing. What cannot be patched throws when it is differentiated, and says what to use instead.
 * `useBackend` does this.
 */
export function patchGradients(): void {
  if (patched) return;
  patched = true;
  for (const config of [...patchedGradients, ...refused]) replaceGradient(config);
  patchDilatedLayers();
}

let patched = false;

function replaceGradient(config: GradConfig): void {
  if (getGradient(config.kernelName)) unregisterGradient(config.kernelName);
  registerGradient(config);
}
