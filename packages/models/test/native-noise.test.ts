import { useBackend } from '@ae/backend/node';
import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import { normalQuantile } from '../src/normal-quantile.js';
import { philoxRandom, type PhiloxRandomAttrs } from '../src/philox.js';
import { randomStream } from '../src/random.js';

const missing = await useBackend('native').then(
  () => undefined,
  (error: Error) => error.message,
);

/** A side of a tensor, before, on and after a vector of 4, 8 or 16 floats. */
const side = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(12, 13, 14, 15, 16, 17));
const draws: fc.Arbitrary<PhiloxRandomAttrs> = fc.record({
  distribution: fc.constantFrom('normal', 'uniform'),
  shape: fc.array(side, { maxLength: 3 }),
  seed: fc.oneof(fc.nat(), fc.maxSafeNat()),
  counter: fc.oneof(fc.nat(), fc.constantFrom(2 ** 32 - 1, 2 ** 32, 2 ** 52)),
});

(missing ? describe.skip : describe)(`noise on native${missing ? ` (skipped: ${missing})` : ''}`, () => {
  test('has the bits of the plain one, for every seed, counter and shape, with every instruction set', () =>
    fc.assert(fc.property(draws, expectBits), { numRuns: 200, seed: Number(process.env.AE_TEST_SEED ?? 1) }));

  test('has them where threads share the work', () =>
    expectBits({ distribution: 'normal', shape: [100_003], seed: 7, counter: 2 ** 32 - 1000 }));

  test('has them in the tails, where the quantile takes another branch', () => {
    expect(normalQuantile(2 ** -33)).toBeLessThan(-6.2);
    expectBits({ distribution: 'normal', shape: [100_000], seed: 12345, counter: 2 ** 40 + 3 });
  });
});

function expectBits(attrs: PhiloxRandomAttrs): void {
  expect(tf.getKernel('PhiloxRandom', tf.getBackend())).toBeDefined(); // else the stream draws the plain one itself
  const expected = philoxRandom(attrs);
  onEachInstructionSet(() => {
    const drawn = randomStream(attrs.seed, attrs.counter)[attrs.distribution](attrs.shape);
    expect({ shape: drawn.shape, dtype: drawn.dtype }).toEqual({ shape: attrs.shape, dtype: 'float32' });
    expect(Buffer.compare(bytesOf(drawn.dataSync<'float32'>()), bytesOf(expected))).toBe(0);
    drawn.dispose();
  });
}

/** What native's backend lets a test choose. */
interface Processor {
  describe(): { instructionSets: string };
  useInstructionSet(name: string): boolean;
}

function onEachInstructionSet(body: () => void): void {
  const { addon } = tf.backend() as unknown as { addon: Processor };
  try {
    for (const set of addon.describe().instructionSets.split(', ')) {
      expect(addon.useInstructionSet(set)).toBe(true);
      body();
    }
  } finally {
    addon.useInstructionSet('');
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength);
