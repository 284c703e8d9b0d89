/* eslint-disable no-restricted-properties -- what the rule refuses is what is tried */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { dropout, gaussianNoise, randomStream, type Batch, type RandomStream } from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import { fit } from '../src/index.js';
import { toy, toyImages, toyOptions, useCpu } from './toy.js';

beforeAll(useCpu);

/** Trains the toy with something added to its images or done in its loss, and gives what was told. */
async function noticesWith(
  disturb: (images: tf.Tensor, random: RandomStream, step: number) => tf.Tensor,
  epochs = 3,
): Promise<string[]> {
  const random = randomStream(1);
  const model = toy.build({}, random);
  const { elbo } = model.objectives as { elbo: (typeof model.objectives)[string] };
  const notices: string[] = [];
  let step = 0;
  const loss = (batch: Batch, stream: RandomStream, training: boolean) =>
    elbo.loss({ images: disturb(batch.images, stream, ++step) as tf.Tensor4D }, stream, training);
  await fit(
    { ...model, objectives: { elbo: { ...elbo, loss } } },
    { ...toyOptions(random), epochs, onNotice: (text) => notices.push(text) },
  );
  return notices;
}

const drawsElsewhere = 'Objective "elbo" draws noise that is not from `random`';
const layer = (made: tf.layers.Layer) => (x: tf.Tensor) => made.apply(x, { training: true }) as tf.Tensor;

describe('fit()', () => {
  test.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['tf.randomNormal', (x) => tf.add(x, tf.mul(tf.randomNormal(x.shape), 0.01))],
    ['tf.randomUniform', (x) => tf.mul(x, tf.randomUniform(x.shape))],
    ['tf.truncatedNormal', (x) => tf.add(x, tf.mul(tf.truncatedNormal(x.shape), 0.01))],
    ['tf.randomGamma', (x) => tf.mul(x, tf.randomGamma(x.shape as [number, number, number, number], 1))],
    [
      'tf.rand',
      (x) =>
        tf.mul(
          x,
          tf.rand(x.shape, () => Math.random()),
        ),
    ],
    ['tf.dropout', (x) => tf.dropout(x, 0.5)],
    [
      'tf.multinomial',
      (x) => tf.mul(x, tf.sum(tf.cast(tf.multinomial(tf.ones([3]) as tf.Tensor1D, 1), 'float32'))),
    ],
    ['the layer dropout', layer(tf.layers.dropout({ rate: 0.5 }))],
    ['the layer gaussianNoise', layer(tf.layers.gaussianNoise({ stddev: 0.1 }))],
    ['the layer gaussianDropout', layer(tf.layers.gaussianDropout({ rate: 0.5 }))],
    ['the layer alphaDropout', layer(tf.layers.alphaDropout({ rate: 0.5 }))],
    ['Math.random', (x) => tf.mul(x, Math.random())],
  ])('says once that noise of %s is not decided by the seed', async (_what, disturb) => {
    const notices = await noticesWith(disturb);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(drawsElsewhere);
    expect(notices[0]).toContain('dropout(x, rate, random)');
  });

  test('says so where the noise begins later', async () => {
    const late = (x: tf.Tensor, _random: RandomStream, step: number) =>
      step > 6 ? tf.add(x, tf.mul(tf.randomNormal(x.shape), 0.01)) : x;
    expect(await noticesWith(late)).toEqual([expect.stringContaining(drawsElsewhere)]);
  });

  test('says nothing where noise is drawn from `random`, and gives Math.random back', async () => {
    const random = Math.random;
    expect(await noticesWith((x, stream) => gaussianNoise(dropout(x, 0.5, stream), 0.1, stream))).toEqual([]);
    await noticesWith((x) => tf.dropout(x, 0.5));
    await expect(
      noticesWith(() => {
        throw new Error('no luck');
      }),
    ).rejects.toThrow('no luck');
    expect(Math.random).toBe(random);
  });

  test('refuses a layer that is built only when a step uses it', async () => {
    const late = tf.layers.dense({ units: 1, name: 'late' });
    await expect(noticesWith((x) => tf.add(x, tf.mean(late.apply(x) as tf.Tensor)))).rejects.toThrow(
      /^Cannot train: found the variable "late\/kernel", which a step has made, expected all .* give the first layer of its network an inputShape$/,
    );
    late.dispose();
  });
});

test('a run that draws from `random` alone is the same each time, one that draws elsewhere is not', async () => {
  const lossOf = async (noise: (x: tf.Tensor, random: RandomStream) => tf.Tensor) => {
    const random = randomStream(1);
    const model = toy.build({}, random);
    const { elbo } = model.objectives as { elbo: (typeof model.objectives)[string] };
    const loss = ({ images }: Batch, stream: RandomStream, training: boolean) =>
      elbo.loss({ images: noise(images, stream) as tf.Tensor4D }, stream, training);
    const { history } = await fit(
      { ...model, objectives: { elbo: { ...elbo, loss } } },
      { ...toyOptions(random), train: toyImages() },
    );
    return history.at(-1)!['train.loss'];
  };
  const seeded = (x: tf.Tensor, random: RandomStream) => dropout(x, 0.5, random);
  expect(await lossOf(seeded)).toBe(await lossOf(seeded));
  const unseeded = (x: tf.Tensor) => tf.dropout(x, 0.5);
  expect(await lossOf(unseeded)).not.toBe(await lossOf(unseeded));
});
