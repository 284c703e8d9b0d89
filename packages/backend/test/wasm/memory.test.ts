import { beforeAll, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { usePatchedWasm, values } from '../agreement.js';

beforeAll(usePatchedWasm);

it('2,000 training steps on wasm leave no tensor, no data and no growth of the heap behind', () => {
  const shapes = [[3, 3, 1, 4], [4], [64, 3], [3], [3, 64], [3, 3, 1, 4]];
  const weights = shapes.map((shape, i) => tf.tidy(() => tf.variable(values(shape, i))));
  const slots = shapes.map((shape) => [0, 1].map(() => tf.tidy(() => tf.variable(tf.zeros(shape)))));
  const hyper = tf.tensor1d([1e-3, 0.9, 0.1, 0.999, 0.001, 1, 1e-7]);

  /** Every patched kernel: convolution, pooling, two products, a transposed convolution, a gather, sums and a mean. */
  const loss = (images: tf.Tensor4D) => {
    const [filter, bias, encoder, code, decoder, up] = weights as tf.Tensor[];
    const features = tf.maxPool(
      tf.relu(tf.conv2d(images, filter as tf.Tensor4D, 1, 'same').add(bias!)) as tf.Tensor4D,
      2,
      2,
      'valid',
    );
    const z = tf.fused.matMul({
      a: features.reshape<tf.Tensor2D>([2, 64]),
      b: encoder as tf.Tensor2D,
      bias: code!,
    });
    const back = tf
      .matMul(z, tf.gather(decoder as tf.Tensor2D, tf.tensor1d([2, 1, 0], 'int32')))
      .reshape<tf.Tensor4D>([2, 4, 4, 4]);
    const output = tf.conv2dTranspose(back, up as tf.Tensor4D, [2, 8, 8, 1], 2, 'same');
    return tf.add(
      tf.mean(tf.squaredDifference(output, images)),
      tf.sum(tf.square(z), [0, 1]).mul(1e-3),
    ) as tf.Scalar;
  };
  const step = (at: number) =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(
        () => loss(values([2, 8, 8, 1], at % 7) as tf.Tensor4D),
        weights,
      );
      weights.forEach((variable, i) => {
        const [moment1, moment2] = slots[i]!;
        const inputs = {
          variable,
          gradient: grads[variable.name]!,
          moment1: moment1!,
          moment2: moment2!,
          hyper,
        };
        tf.engine().runKernel('UpdateAdam', inputs);
      });
      return value.dataSync()[0]!;
    });

  const backend = tf.backend() as BackendWasm;
  const used = () => ({
    tensors: tf.memory().numTensors,
    bytes: tf.memory().numBytes,
    data: backend.numDataIds(),
    heap: backend.typedArrayFromHeap(hyper).buffer.byteLength,
  });
  const first = step(0);
  for (let at = 1; at < 100; at++) step(at);
  const before = used();
  for (let at = 100; at < 2100; at++) step(at);
  expect(used()).toEqual(before);
  expect(step(0)).toBeLessThan(first / 2);
  tf.dispose([hyper, weights, slots.flat()]);
});
