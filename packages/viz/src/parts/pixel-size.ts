import type { Pictures } from './stack.js';

const highest = 112; // four screen pixels an image pixel for images of 28x28

/**
 * Screen pixels an image pixel, so that `across` image pixels fit into `room` screen pixels and a picture does not grow higher than what
 * is pleasant. From 1 on it is a multiple of one half for images, because then all image pixels come out equally wide (the halves on
 * screens of double density).
 */
export function pixelSize({ kind, height }: Pictures, room: number, across: number): number {
  const exact = Math.min(room / across, Math.max(1, highest / height));
  return exact < 1 || kind !== 'image' ? exact : Math.floor(exact * 2) / 2;
}
