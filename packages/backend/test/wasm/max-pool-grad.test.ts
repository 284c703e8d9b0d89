import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { always, expectAgreement, usePatchedWasm, values } from '../agreement.js';

beforeAll(usePatchedWasm);
afterEach(() => expect(tf.memory().numTensors).toBe(0));

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const pooling = fc.record({
  ...{
    batch: upTo(3, 0),
    height: upTo(9, 3),
    width: upTo(9, 3),
    channels: upTo(9),
    size: fc.tuple(upTo(3), upTo(3)),
  },
  ...{
    strides: fc.tuple(upTo(3), upTo(3)),
    pad: fc.constantFrom<'same' | 'valid'>('same', 'valid'),
    shift: fc.constantFrom(-2, 0, 2),
  },
});

describe('the gradient of maxPool() on wasm', () => {
  it('agrees with the cpu backend for every window, stride and padding, ties and negative values included', () =>
    always(pooling, ({ batch, height, width, channels, size, strides, pad, shift }) =>
      expectAgreement(() =>
        tf.grad((x) => tf.sum(tf.mul(tf.maxPool(x as tf.Tensor4D, size, strides, pad), 3)))(
          tf.round(tf.mul(tf.add(values([batch, height, width, channels], 1), shift), 2)),
        ),
      ),
    ));

  it('gives the whole gradient to the first of equal values', async () => {
    const gradient = tf.tidy(() =>
      tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'))(tf.zeros([1, 2, 2, 1])),
    );
    expect([...(await gradient.data())]).toEqual([1, 0, 0, 0]);
    gradient.dispose();
  });
});
