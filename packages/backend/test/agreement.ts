import { expect } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { patchWasm } from '../src/wasm/patch.js';

/** Makes the patched wasm backend the one in use, with TensorFlow.js's own check that no kernel loses memory. */
export async function usePatchedWasm(): Promise<void> {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('wasm');
  await patchWasm();
}

/** Multiples of 1/64 in [-1, 1] that depend on their number and the seed only; equal ones occur. */
export function values<Shape extends number[]>(shape: Shape, seed: number): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.round(64 * Math.sin(1.7 * i * i + seed)) / 64),
    shape,
  );
}

/** Expects the wasm backend to compute what the cpu backend does, within a tolerance relative to the largest value. */
export async function expectAgreement(compute: () => tf.Tensor, tolerance = 2e-6): Promise<void> {
  const expected = await on('cpu', compute);
  const found = await on('wasm', compute);
  expect(found.shape).toEqual(expected.shape);
  const scale = expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const errors = expected.values.map((value, i) => Math.abs(value - found.values[i]!));
  expect(errors.every((error) => error <= tolerance * scale)).toBe(true);
}

/** Checks a property of random inputs, the same ones in every run of the tests. */
export const always = <T>(inputs: fc.Arbitrary<T>, property: (input: T) => Promise<void>, numRuns = 100) =>
  fc.assert(fc.asyncProperty(inputs, property), { numRuns, seed: 1 });

async function on(backend: string, compute: () => tf.Tensor): Promise<{ shape: number[]; values: number[] }> {
  await tf.setBackend(backend);
  const result = tf.tidy(compute);
  const found = { shape: result.shape, values: [...(await result.data())] };
  result.dispose();
  return found;
}
