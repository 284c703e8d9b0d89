import { useBackend } from '@ae/backend/node';
import { digits } from '@ae/data-mnist';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { disposeModel, loadPretrained, type PretrainedName } from '../src/index.js';

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

  test('refuses an unknown name, naming the known ones', async () => {
    await expect(loadPretrained('gan' as PretrainedName)).rejects.toThrow(
      'Cannot load pretrained "gan": expected one of ae, conv-ae, vae, conv-vae',
    );
  });
});
