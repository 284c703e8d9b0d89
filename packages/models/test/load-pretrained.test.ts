import { useBackend } from '@ae/backend/node';
import { digits } from '@ae/data-mnist';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { disposeModel, loadPretrained, pretrainedWeights, type PretrainedName } from '../src/index.js';
import { plainModel } from '../src/plain.js';

beforeAll(() => useBackend('wasm'));

describe('loadPretrained()', () => {
  test.each(['ae', 'conv-ae', 'vae', 'conv-vae'] as const)(
    'gives a %s that reconstructs digits it has never seen',
    async (name) => {
      const { model, definition, provenance } = await loadPretrained(name);
      expect(definition.name).toBe(name);
      expect(provenance.data.name).toBe('mnist');
      // Seven bits a weight move the loss on the test images by less than 1 %.
      expect(Math.abs(provenance.test.loss! / provenance.trained.loss! - 1)).toBeLessThan(0.01);
      const { test: drawn } = await digits({ train: 20, test: 100 });
      const mse = tf.tidy(() => {
        const images = tf.tensor4d(
          Float32Array.from(drawn.values, (byte) => byte / 255),
          [100, 28, 28, 1],
        );
        const mean = tf.mean(images, 0, true);
        const error = tf.mean(tf.squaredDifference(model.decode(model.encode(images)), images));
        const baseline = tf.mean(tf.squaredDifference(mean, images));
        return [error.dataSync()[0]!, baseline.dataSync()[0]!] as const;
      });
      console.log(`${name}: mse ${mse[0].toFixed(4)} on drawn digits, ${mse[1].toFixed(4)} by their mean`);
      expect(mse[0]).toBeLessThan(0.9 * mse[1]);
      disposeModel(model);
    },
  );

  test.each(['ae', 'conv-ae', 'vae', 'conv-vae'] as const)(
    'gives a %s that encodes and decodes as the plain one does',
    async (name) => {
      const { model } = await loadPretrained(name);
      const plain = plainModel(await pretrainedWeights(name));
      expect(plain.classes).toEqual([...'0123456789']);
      const { test: drawn } = await digits({ train: 1, validationCount: 0, test: 2 });
      const values = Float32Array.from(drawn.values, (byte) => byte / 255);
      const codes = plain.encode(values);
      const [expectedCodes, expected] = tf.tidy(() => [
        model.encode(tf.tensor4d(values, [2, 28, 28, 1])).dataSync(),
        model.decode(tf.tensor2d(codes, [2, plain.latentDim])).dataSync(),
      ]) as [Float32Array, Float32Array];
      const worst = (found: Float32Array, other: Float32Array) =>
        Math.max(...other.map((value, i) => Math.abs(found[i]! - value) / (1 + Math.abs(value))));
      expect(worst(codes, expectedCodes)).toBeLessThan(1e-5);
      expect(worst(plain.decode(codes), expected)).toBeLessThan(1e-5);
      disposeModel(model);
    },
  );

  test('refuses an unknown name, naming the known ones', async () => {
    await expect(loadPretrained('gan' as PretrainedName)).rejects.toThrow(
      'Cannot load pretrained "gan": expected one of ae, conv-ae, vae, conv-vae',
    );
  });
});
