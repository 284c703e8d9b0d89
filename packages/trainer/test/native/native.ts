import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { useBackend } from '@ae/backend/node';
import * as tf from '@tensorflow/tfjs';

import type { StepRecorder } from '../../src/step-recorder.js';

// Jest looks every global up through its sandbox, which is slow.
const { imul, max } = Math;

const missing = await useBackend('native').then(
  () => undefined,
  (error: Error) => error.message,
);

/** `describe`, skipped with the reason in its name where native was not built. */
export function describeNative(name: string, body: () => void): void {
  if (missing) return describe.skip(`${name} (skipped: ${missing})`, () => it('is skipped', () => {}));
  describe(name, () => {
    beforeAll(() => tf.env().set('IS_TEST', true)); // TensorFlow.js then checks that no kernel loses memory
    afterEach(() => expect(tf.memory().numTensors).toBe(0));
    body();
  });
}

/** The backend, which is made the one in use. */
export async function useNative(): Promise<StepRecorder> {
  await tf.setBackend('native');
  return tf.backend() as unknown as StepRecorder;
}

/** Bytes that depend on their place and the seed alone, half of them 0. */
export const bytes = (size: number, seed: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => max((hash(i, seed) % 511) - 255, 0));

/** The finalizer of MurmurHash3 on place and seed. */
function hash(i: number, seed: number): number {
  let h = imul(i + 1, 0x9e3779b1) ^ imul(seed + 1, 0x85ebca77);
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
