import { expect, it } from '@jest/globals';
import { philoxRandom, type PhiloxRandomAttrs } from '../../../models/src/random.js';
import fc from 'fast-check';

import { always, describeNative, kernel, onEachSet } from './agreement.js';
import { side } from './numbers.js';

const draws: fc.Arbitrary<PhiloxRandomAttrs> = fc.record({
  distribution: fc.constantFrom('normal', 'uniform'),
  shape: fc.array(side(17), { maxLength: 3 }),
  seed: fc.oneof(fc.nat(), fc.maxSafeNat()),
  counter: fc.oneof(fc.nat(), fc.constantFrom(2 ** 32 - 1, 2 ** 32, 2 ** 52)),
});

describeNative('noise on native', () => {
  it('has the bits of the reference in TypeScript, for every seed, counter and shape', () =>
    always(draws, (attrs) => expectBits(attrs), 200));

  it('has them where threads share the work', () =>
    expectBits({ distribution: 'normal', shape: [100_003], seed: 7, counter: 2 ** 32 - 1000 }));
});

async function expectBits(attrs: PhiloxRandomAttrs): Promise<void> {
  const expected = philoxRandom(attrs);
  await onEachSet(async () => {
    const drawn = kernel('PhiloxRandom', {}, attrs);
    expect({ shape: drawn.shape, dtype: drawn.dtype }).toEqual({ shape: attrs.shape, dtype: 'float32' });
    expect(Buffer.compare(bytesOf(drawn.dataSync<'float32'>()), bytesOf(expected))).toBe(0);
    drawn.dispose();
  });
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength);
