import * as tf from '@tensorflow/tfjs';
import { probeBackends, useBackend } from '../src/browser.js';
import { baseModels, parameters, waveNoise } from './base-models.js';

/** The loss of a base model before each of so many steps on two striped images. */
export function losses(name: string, steps: number): number[] {
  const model = baseModels[name]!;
  const weights = parameters(model);
  const optimizer = model.optimizer();
  const images = tf.tidy(() =>
    tf.tensor4d(
      Float32Array.from({ length: 1568 }, (_, i) => (i % 7) / 6),
      [2, 28, 28, 1],
    ),
  );
  const step = (at: number) =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => model.loss(weights, images, waveNoise(at)), weights);
      optimizer.applyGradients(grads as never);
      return value.dataSync()[0]!;
    });
  const found = Array.from({ length: steps }, (_, at) => step(at));
  tf.dispose([images, weights]);
  optimizer.dispose();
  return found;
}

Object.assign(globalThis, { backend: { useBackend, probeBackends, losses } });
