import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  decodeSafetensors,
  defineModel,
  dropout,
  loadWeights,
  namedWeights,
  randomStream,
  saveWeights,
  squaredError,
  trainableVariables,
  type Autoencoder,
} from '@ae/models';
import * as tf from '@tensorflow/tfjs';

import type { Callback } from '../src/callback.js';
import { evaluate, fit, type FitOptions, type TrainingState } from '../src/index.js';
import { toyImages, toyOptions, useCpu, weightsHash } from './toy.js';

beforeAll(useCpu);

/** An autoencoder with batch normalisation and a moving average of its codes, written as tfjs models are. */
const normalised = defineModel({
  name: 'normalised',
  summary: 'Batch normalisation between two dense layers',
  defaults: { latentDim: 2, layerDropout: 0 },
  build({ latentDim, layerDropout }): Autoencoder {
    const { dense, flatten, batchNormalization, reshape } = tf.layers;
    const encoder = tf.sequential({
      layers: [
        flatten({ inputShape: [4, 4, 1] }),
        dense({ units: 8, useBias: false }),
        batchNormalization({ name: 'norm', momentum: 0.8 }),
        tf.layers.dropout({ rate: layerDropout }),
        dense({ units: latentDim }),
      ],
    });
    const decoder = tf.sequential({
      layers: [
        dense({ inputShape: [latentDim], units: 16, activation: 'sigmoid' }),
        reshape({ targetShape: [4, 4, 1] }),
      ],
    });
    const centre = tf.variable(tf.zeros([latentDim]), false);
    const encode = (images: tf.Tensor) => encoder.apply(images) as tf.Tensor2D;
    const decode = (codes: tf.Tensor2D) => decoder.apply(codes) as tf.Tensor4D;
    return {
      ...{ encoder, decoder, encode, decode },
      state: { centre },
      objectives: {
        reconstruction: {
          variables: () => trainableVariables(encoder, decoder),
          loss({ images }, random, training) {
            const codes = encode(images);
            if (training) centre.assign(tf.add(tf.mul(centre, 0.9), tf.mul(tf.mean(codes, 0), 0.1)));
            const reconstructions = decode(training ? dropout(codes, 0.2, random) : codes);
            return { loss: squaredError(reconstructions, images) };
          },
        },
      },
    };
  },
});

async function trained(options: Partial<FitOptions> = {}, given: Partial<typeof normalised.defaults> = {}) {
  const random = randomStream(1);
  const model = normalised.build(given, random);
  const { history } = await fit(model, { ...toyOptions(random), ...options });
  return { model, history };
}

const NORM = 'encoder/norm/moving_variance';

describe('a model with batch normalisation and state', () => {
  test('moves its averages while it trains, and never while it is evaluated', async () => {
    const { model } = await trained();
    const moved = [...namedWeights(model)[NORM]!.dataSync()];
    expect(moved).not.toEqual(Array(8).fill(1));
    const before = await weightsHash(model);
    await evaluate(model, toyImages(), { random: randomStream(1) });
    tf.tidy(() => model.decode(model.encode(tf.ones([2, 4, 4, 1]))));
    expect(await weightsHash(model)).toBe(before);
  });

  test('normalises by the batch in training and by its averages in evaluation', async () => {
    const random = randomStream(1);
    const model = normalised.build({}, random);
    tf.tidy(() => {
      const images = random.uniform([6, 4, 4, 1]) as tf.Tensor4D;
      const lossOf = (training: boolean) =>
        model.objectives.reconstruction!.loss({ images }, randomStream(2), training).loss.dataSync()[0]!;
      const kernel = namedWeights(model)['encoder/dense0/kernel']!;
      const evaluated = lossOf(false);
      kernel.assign(tf.mul(kernel, 3)); // a batch's own moments do not see a factor
      expect(Math.abs(lossOf(false) - evaluated)).toBeGreaterThan(1e-3);
    });
  });

  test('has its averages among the weights that are saved, and among none that a gradient changes', async () => {
    const { model } = await trained();
    const { tensors } = decodeSafetensors(await saveWeights(model));
    expect(Object.keys(tensors)).toEqual(expect.arrayContaining([NORM, 'state/centre']));
    const variables = model.objectives.reconstruction!.variables();
    expect(variables).not.toContain(namedWeights(model)[NORM]);
    const other = normalised.build({}, randomStream(7));
    loadWeights(other, await saveWeights(model));
    expect(await weightsHash(other)).toBe(await weightsHash(model));
  });

  test.each([1, 4, 7])(
    'stopped after step %d and resumed, it ends bit for bit as if it never had',
    async (at) => {
      const whole = await trained();
      let state: TrainingState | undefined;
      const pause: Callback = {
        name: 'pause',
        beforeStep: (run) => void (run.step === at - 1 && run.stop('paused')),
        async onPause(run) {
          state = await run.state();
        },
      };
      await trained({ callbacks: [pause] });
      expect(state!.step).toBe(at);
      expect(Object.keys(Object.values(state!.optimizers)[0]!.slots).join()).not.toMatch(/moving|centre/);
      const resumed = await trained({ resume: state! });
      expect(await weightsHash(resumed.model)).toBe(await weightsHash(whole.model));
    },
  );

  test('drops out by its layer in training alone, and says that no seed decides that', async () => {
    const notices: string[] = [];
    const { model } = await trained({ onNotice: (text) => notices.push(text) }, { layerDropout: 0.5 });
    expect(notices).toEqual([expect.stringContaining('draws noise that is not from `random`')]);
    const measure = () => evaluate(model, toyImages(), { random: randomStream(1) });
    expect(await measure()).toEqual(await measure());
  });

  test('is freed whole', () => {
    const before = tf.memory().numTensors;
    const model = normalised.build({}, randomStream(1));
    expect(tf.memory().numTensors - before).toBe(Object.keys(namedWeights(model)).length);
    for (const variable of Object.values(namedWeights(model))) variable.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
