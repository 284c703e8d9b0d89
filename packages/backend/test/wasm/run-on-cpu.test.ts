import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { expectAgreement, usePatchedWasm, values } from '../agreement.js';

beforeAll(usePatchedWasm);
afterEach(() => expect(tf.memory().numTensors).toBe(0));

describe('gradients on wasm that need a kernel of the cpu backend', () => {
  const gradientOf = (loss: (x: tf.Tensor) => tf.Tensor, x: () => tf.Tensor) =>
    expectAgreement(() => tf.grad((given) => tf.sum(tf.square(loss(given))))(x()));

  it('are those of gather(), with repeated rows', () =>
    gradientOf(
      (x) => tf.gather(x, tf.tensor1d([2, 0, 2, 2], 'int32')),
      () => values([4, 3], 1),
    ));

  it('are those of depthwiseConv2d(), for the input and for the filter', async () => {
    const x = () => values([2, 5, 7, 3], 1) as tf.Tensor4D;
    const filter = () => values([3, 2, 3, 2], 2) as tf.Tensor4D;
    await gradientOf((given) => tf.depthwiseConv2d(given as tf.Tensor4D, filter(), 2, 'same'), x);
    await gradientOf((given) => tf.depthwiseConv2d(x(), given as tf.Tensor4D, 2, 'same'), filter);
  });

  it('leave nothing on the cpu backend', async () => {
    const cpu = tf.findBackend('cpu');
    const before = cpu.numDataIds();
    await tf.setBackend('wasm');
    tf.tidy(() =>
      tf
        .grad((x) => tf.gather(x, tf.tensor1d([1], 'int32')))(values([4, 3], 1))
        .dataSync(),
    );
    expect(cpu.numDataIds()).toBe(before);
  });
});
