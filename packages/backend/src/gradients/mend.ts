import { getGradient, type GradConfig, registerGradient, unregisterGradient } from '@tensorflow/tfjs';
import { arranging } from './arrange.js';
import { broadcasting } from './broadcast.js';
import { convolving } from './convolution.js';
import { mirrorPad } from './mirror-pad.js';
import { pooling } from './pool.js';
import { products } from './products.js';
import { reducing } from './reduce.js';
import { resizing } from './resize.js';

/** Gradients in place of stock ones that are wrong, that throw, or that are missing; they hold on every backend. */
export const mendedGradients: readonly GradConfig[] = [
  ...arranging,
  ...broadcasting,
  ...convolving,
  ...pooling,
  ...products,
  ...reducing,
  ...resizing,
  mirrorPad,
];

/** Replaces TensorFlow.js's gradients that are not right, for every program on the page or in the process, once. */
export function mendGradients(): void {
  if (mended) return;
  mended = true;
  for (const config of mendedGradients) replaceGradient(config);
}

let mended = false;

function replaceGradient(config: GradConfig): void {
  if (getGradient(config.kernelName)) unregisterGradient(config.kernelName);
  registerGradient(config);
}
