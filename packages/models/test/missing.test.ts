import { useBackend } from '@ae/backend/node';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import {
  ae,
  disposeModel,
  impute,
  randomStream,
  vae,
  zoo,
  type Autoencoder,
  type ModelDefinition,
} from '../src/index.js';

beforeAll(async () => {
  await useBackend('wasm');
});

/** Rows of four numbers that follow from one, every fifth of which is missing. */
const COUNT = 200;
const whole = Float32Array.from({ length: COUNT * 4 }, (_, i) => {
  const t = Math.sin((i >> 2) * 0.7) * 1.4;
  return [t, -t, 0.5 * t, t][i % 4]!;
});
const withGaps = whole.map((value, i) => ((i * 7) % 5 === 0 ? NaN : value));

function trainOn(model: Autoencoder, values: Float32Array, steps: number): void {
  const [objective] = Object.values(model.objectives);
  const optimizer = tf.train.adam(0.01);
  const random = randomStream(2);
  const images = tf.tensor2d(values, [COUNT, 4]);
  for (let step = 0; step < steps; step++)
    optimizer.minimize(() => objective!.loss({ images }, random, true).loss, false, objective!.variables());
  optimizer.dispose();
  images.dispose();
}

describe('a value that is missing', () => {
  test.each<[string, () => Autoencoder]>([
    [
      'ae',
      () =>
        ae.build(
          { shape: [4], hidden: [16], latentDim: 1, output: 'linear', missing: true },
          randomStream(1),
        ),
    ],
    [
      'vae',
      () =>
        vae.build(
          { shape: [4], hidden: [16], latentDim: 1, likelihood: 'gaussian', variance: 'each', missing: true },
          randomStream(1),
        ),
    ],
  ])('is filled in by an %s from the columns that are there', async (_name, build) => {
    const model = build();
    trainOn(model, withGaps, 400);
    const before = tf.memory().numTensors;
    const filled = await impute(model, { values: withGaps, shape: [4], count: COUNT });
    expect(tf.memory().numTensors).toBe(before);
    const errorOf = (guess: (i: number) => number) => {
      const gaps = [...withGaps.keys()].filter((i) => Number.isNaN(withGaps[i]));
      return gaps.reduce((sum, i) => sum + (guess(i) - whole[i]!) ** 2, 0) / gaps.length;
    };
    expect(errorOf((i) => filled.values[i]!)).toBeLessThan(0.15 * errorOf(() => 0)); // beside the column's mean
    withGaps.forEach((value, i) => Number.isNaN(value) || expect(filled.values[i]).toBe(value));
    disposeModel(model);
  });

  const models = Object.values(zoo as unknown as Record<string, ModelDefinition>);
  test.each(models.filter(({ defaults }) => 'missing' in defaults).map((each) => [each.name, each] as const))(
    'is nothing to the loss, the code and the gradients of %s',
    (name, definition) => {
      const hidden = Array.isArray(definition.defaults.hidden) ? [5] : 5;
      const options = {
        shape: [8, 8, 1],
        hidden,
        missing: true,
        ...(name.startsWith('conv') && { channels: [2, 2] }),
      };
      const model = definition.build(options, randomStream(1));
      expect(model.missing).toBe(true);
      tf.tidy(() => {
        const full = randomStream(3).uniform([3, 8, 8, 1]);
        const gaps = tf.less(randomStream(4).uniform(full.shape), 0.3);
        const images = tf.where(gaps, tf.fill(full.shape, NaN), full);
        const zeros = tf.where(gaps, tf.zerosLike(full), full);
        const codes = model.encode(images);
        expect([...codes.dataSync()]).toEqual([...model.encode(zeros).dataSync()]);
        const costs = model.valueNll!(images, codes);
        const expected = tf.where(gaps, tf.zerosLike(full), model.valueNll!(zeros, codes));
        expect([...costs.dataSync()]).toEqual([...expected.dataSync()]);
        const [objective] = Object.values(model.objectives);
        const { value, grads } = tf.variableGrads(
          () => objective!.loss({ images }, randomStream(2), true).loss,
          objective!.variables(),
        );
        for (const each of [value, ...Object.values(grads)])
          expect(each.dataSync().every(Number.isFinite)).toBe(true);
      });
      disposeModel(model);
    },
  );

  test('is not filled in by a model that takes none', async () => {
    const model = ae.build({ shape: [4], hidden: [3] }, randomStream(1));
    await expect(impute(model, { values: withGaps, shape: [4], count: COUNT })).rejects.toThrow(
      'Cannot fill in missing values: found a model that takes none, expected one built with missing: true',
    );
    disposeModel(model);
  });
});

test('what the values of an example cost adds up to the reconstruction term', () => {
  const model = ae.build({ shape: [4], hidden: [3], likelihood: 'student-t' }, randomStream(1));
  tf.tidy(() => {
    const images = tf.tensor2d(whole, [COUNT, 4]);
    const costs = model.valueNll!(images, model.encode(images));
    const { reconstruction } = model.objectives.reconstruction!.loss({ images }, randomStream(1), false);
    expect(tf.sum(costs).dataSync()[0]! / COUNT).toBeCloseTo(reconstruction!.dataSync()[0]!, 4);
  });
  disposeModel(model);
});
