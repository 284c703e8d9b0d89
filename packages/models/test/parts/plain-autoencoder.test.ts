import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { networkDefaults } from '../../src/network.js';
import { dense } from '../../src/networks/dense.js';
import { coders } from '../../src/parts/coders.js';
import { observationOf } from '../../src/parts/observation.js';
import { plainAutoencoder, type Quantiser } from '../../src/parts/plain-autoencoder.js';
import { defineModel, disposeModel, randomStream } from '../../src/index.js';

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

/** Whole numbers, counted from 10, of which the decoder reads tenths. */
const tenths: Quantiser = {
  code: { kind: 'categorical', places: [2], classes: 20 },
  quantise: tf.customGrad((z) => ({
    value: tf.add(tf.round(z as tf.Tensor), 10),
    gradFunc: (dy: tf.Tensor) => dy,
  })) as Quantiser['quantise'],
  read: (codes) => tf.div(codes, 10),
};
const quantised = defineModel({
  name: 'quantised',
  summary: 'A model of these tests',
  defaults: { ...networkDefaults, shape: [5] as readonly number[], latentDim: 2 },
  build(given) {
    const options = { ...given, hidden: [4], channels: [] };
    const body = dense.body(options);
    const observation = observationOf({ ...options, likelihood: 'squared-error', output: 'linear' });
    const made = coders(body, options, { code: 'linear' }, observation.output(body));
    return plainAutoencoder(made, observation, { quantiser: tenths });
  },
});

describe('plainAutoencoder() with a quantiser', () => {
  test('encodes to its codes, decodes and judges what its decoder reads of them, and trains the encoder', () => {
    const model = quantised.build({}, randomStream(1));
    tf.tidy(() => {
      const images = tf.mul(randomStream(2).normal([6, 5]), 3);
      const codes = model.encode(images);
      expect(model.code).toBe(tenths.code);
      const raw = [...(model.encoder.apply(images) as tf.Tensor).dataSync()];
      expect([...codes.dataSync()]).toEqual([...tf.add(tf.round(raw), 10).dataSync()]);
      const decoded = model.decode(codes);
      const read = model.decoder.apply(tf.div(codes, 10)) as tf.Tensor;
      expect([...decoded.dataSync()]).toEqual([...read.dataSync()]);

      const perImage = tf.sum(tf.squaredDifference(decoded, images), 1);
      const [expected] = tf.mean(perImage).dataSync();
      const { reconstruction } = model.objectives;
      const { loss } = reconstruction!.loss({ images }, randomStream(1), true);
      expect(loss.dataSync()[0]).toBeCloseTo(expected!, 3);
      const judged = tf.mean(tf.sum(model.valueNll!(images, codes), 1)).dataSync()[0];
      expect(judged).toBeCloseTo(expected!, 3);
      const { grads } = tf.variableGrads(() => reconstruction!.loss({ images }, randomStream(1), true).loss);
      for (const [name, gradient] of Object.entries(grads))
        expect([name, tf.max(tf.abs(gradient)).dataSync()[0]! > 0]).toEqual([name, true]);
    });
    disposeModel(model);
  });
});
