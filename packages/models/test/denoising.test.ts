import * as tf from '@tensorflow/tfjs';
import { expect, test } from '@jest/globals';

import { ae, disposeModel, randomStream } from '../src/index.js';

const options = { shape: [3], hidden: [4], latentDim: 2, output: 'linear' as const };

test('ae with noise encodes noisy images while it is trained, and is measured by the images themselves', () => {
  const model = ae.build({ ...options, noise: 0.5 }, randomStream(1));
  const images = tf.tensor2d([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const loss = (training: boolean, seed: number) =>
    tf.tidy(
      () =>
        model.objectives.reconstruction!.loss({ images }, randomStream(seed), training).loss.dataSync()[0]!,
    );
  const byHand = (noisy: tf.Tensor) =>
    tf.tidy(() => tf.sum(tf.squaredDifference(model.decode(model.encode(noisy)), images)).dataSync()[0]! / 2);
  expect(loss(false, 1)).toBeCloseTo(byHand(images), 5);
  const noise = randomStream(7).normal([2, 3]);
  expect(loss(true, 7)).toBeCloseTo(byHand(tf.add(images, tf.mul(noise, 0.5))), 5);
  expect(loss(true, 7)).not.toBeCloseTo(loss(true, 8), 3);
  disposeModel(model);
});

test('ae without noise draws nothing for it', () => {
  const model = ae.build(options, randomStream(1));
  const random = randomStream(1);
  tf.tidy(() => void model.objectives.reconstruction!.loss({ images: tf.ones([1, 3]) }, random, true));
  expect(random.counter).toBe(0);
  disposeModel(model);
  expect(() => ae.build({ noise: -1 }, randomStream(1))).toThrow('noise is -1');
});
