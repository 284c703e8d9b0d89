import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { loadAddon } from '../../src/native/addon.js';
import type { NativeBackend } from '../../src/native/types.js';
import { registerNative } from '../../src/native/index.js';
import { numbers, wholeNumbers } from './numbers.js';

// Jest looks every global up through its sandbox, which is slow.
const { abs } = Math;
const INFINITY = Infinity;

const loaded = loadAddon();
const sets = loaded.ok ? loaded.addon.describe().instructionSets.split(', ') : [];

/** `describe`, skipped with the reason in its name where native was not built. */
export function describeNative(name: string, body: () => void): void {
  if (!loaded.ok)
    return describe.skip(`${name} (skipped: ${loaded.reason})`, () => it('is skipped', () => {}));
  describe(name, () => {
    beforeAll(() => {
      tf.env().set('IS_TEST', true); // TensorFlow.js then checks that no kernel loses memory
      expect(registerNative()).toMatchObject({ ok: true });
    });
    afterEach(() => expect(tf.memory().numTensors).toBe(0));
    body();
  });
}

/** The backend, which is made the one in use. */
export async function useNative(): Promise<NativeBackend> {
  await tf.setBackend('native');
  return tf.backend() as NativeBackend;
}

/**
 * Checks a property of random inputs: the same ones in every run of the tests, unless AE_TEST_SEED says otherwise;
 * AE_TEST_RUNS times as many.
 */
export const always = <T>(inputs: fc.Arbitrary<T>, property: (input: T) => Promise<void>, numRuns = 60) =>
  fc.assert(fc.asyncProperty(inputs, property), {
    numRuns: numRuns * Number(process.env.AE_TEST_RUNS ?? 1),
    seed: Number(process.env.AE_TEST_SEED ?? 1),
  });

export interface Tolerance {
  /** Of each element. @default 0 */
  relative?: number;
  /** Of the largest finite element, for sums whose terms cancel. @default 2e-6 */
  ofLargest?: number;
  /** @default 1e-38, the least normal float */
  absolute?: number;
  /** True where nothing has to be done in C++, such as for empty results. @default false */
  mayBeStock?: boolean;
}

/**
 * Expects native to compute what the CPU backend does, in C++: the same shapes, element types, infinities and places
 * that are no number, and the same numbers within a tolerance, with every instruction set of this processor.
 */
export async function expectAgreement(
  compute: () => tf.Tensor | tf.Tensor[],
  tolerance: Tolerance = {},
  expectedBy: () => tf.Tensor | tf.Tensor[] = compute,
): Promise<void> {
  const expected = await on('cpu', expectedBy);
  await onEachSet(async (set) => {
    const found = await on('native', compute);
    if (!tolerance.mayBeStock && expected.some(({ values }) => values.length > 0))
      expect(launches).toBeGreaterThan(0);
    expect(found.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
      expected.map(({ shape, dtype }) => ({ shape, dtype })),
    );
    found.forEach(({ values }, i) => expectClose(values, expected[i]!.values, tolerance, set));
  });
}

/** Does something on native with every instruction set that this processor has. */
export async function onEachSet(body: (set: string) => Promise<void>): Promise<void> {
  const { addon } = await useNative();
  try {
    for (const set of sets) {
      addon.useInstructionSet(set);
      await body(set);
    }
  } finally {
    addon.useInstructionSet('');
  }
}

/** A float32 tensor of `numbers`. */
export const floats = (shape: readonly number[], seed: number, specials?: readonly number[]): tf.Tensor =>
  tf.tensor(numbers(tf.util.sizeFromShape([...shape]), seed, specials), [...shape], 'float32');

/** An int32 tensor of whole numbers. */
export const ints = (shape: readonly number[], seed: number, least: number, most: number): tf.Tensor =>
  tf.tensor(wholeNumbers(tf.util.sizeFromShape([...shape]), seed, least, most), [...shape], 'int32');

/** A bool tensor. */
export const bools = (shape: readonly number[], seed: number): tf.Tensor =>
  tf.tensor(Uint8Array.from(wholeNumbers(tf.util.sizeFromShape([...shape]), seed, 0, 1)), [...shape], 'bool');

/** Runs a kernel by its name. */
export const kernel = (name: string, inputs: Record<string, tf.Tensor>, attrs: object = {}): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap) as tf.Tensor;

/** Expects each number to be close to the other, and the same where it is not finite. */
export function expectClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 0, ofLargest = 2e-6, absolute = 1e-38 }: Tolerance,
  by = 'the program',
): void {
  expect(found.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const size = abs(expected[i]!);
    if (size > largest && size < INFINITY) largest = size;
  }
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [found[i]!, expected[i]!];
    if (a === b || (a !== a && b !== b)) continue;
    const allowed = relative * abs(b) + ofLargest * largest + absolute;
    if (!(abs(a - b) <= allowed && allowed < INFINITY))
      throw new Error(
        `Element ${i} of ${expected.length}: found ${a} by ${by}, expected ${b} within ${allowed}`,
      );
  }
}

let launches = 0;

async function on(backend: string, compute: () => tf.Tensor | tf.Tensor[]) {
  await tf.setBackend(backend);
  const stop = backend === 'native' ? countLaunches() : () => {};
  const results = [tf.tidy(compute)].flat();
  stop();
  const read = [];
  for (const tensor of results)
    read.push({ shape: tensor.shape, dtype: tensor.dtype, values: await tensor.data<'float32'>() });
  tf.dispose(results);
  return read;
}

function countLaunches(): () => void {
  const native = tf.backend() as NativeBackend;
  const { launch, update } = native;
  launches = 0;
  native.launch = (...given) => {
    launches += 1;
    launch.apply(native, given);
  };
  native.update = (...given) => {
    launches += 1;
    update.apply(native, given);
  };
  return () => Object.assign(native, { launch, update });
}
