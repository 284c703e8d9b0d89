import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { usePatchedWasm } from './agreement.js';
import { baseModels, parameters, waveNoise } from './base-models.js';

/** What PyTorch computed in double precision; `reference/README.md` beside it says how. */
interface Reference {
  batch: number;
  steps: number;
  parameters: { name: string; shape: number[]; gradientNorm: number }[];
  lossAtStep: number[];
  lossOnFirstBatchAfterTraining: number;
}

const shared = new URL('../../../../shared/', import.meta.url);
const here = existsSync(new URL('reference/parity.json', shared));
if (!here) console.log('skipped the comparison with PyTorch: ../shared/reference/parity.json is not here');

const imageBytes = () =>
  gunzipSync(readFileSync(new URL('data/mnist/t10k-images-idx3-ubyte.gz', shared))).subarray(16);

(here ? describe : describe.skip)('training on wasm', () => {
  const references = here
    ? (JSON.parse(readFileSync(new URL('reference/parity.json', shared), 'utf8')) as Record<
        string,
        Reference
      >)
    : {};
  beforeAll(usePatchedWasm);
  afterEach(() => tf.disposeVariables());
  afterAll(() => tf.removeBackend('wasm')); // a gigabyte

  for (const [name, model] of Object.entries(baseModels))
    it(`gives the gradient norms and the losses of PyTorch for ${name}, within 1e-4 of each`, () => {
      const reference = references[name]!;
      const { batch, steps } = reference;
      const bytes = imageBytes();
      const weights = parameters(model);
      const optimizer = model.optimizer();
      const lossOf = (step: number) => {
        const pixels = Float32Array.from(
          bytes.subarray(step * batch * 784, (step + 1) * batch * 784),
          (byte) => byte / 255,
        );
        return model.loss(weights, tf.tensor4d(pixels, [batch, 28, 28, 1]), waveNoise(step));
      };
      const relative = (found: number, expected: number) => Math.abs(found - expected) / expected;
      for (let step = 0; step < steps; step++)
        tf.tidy(() => {
          const { value, grads } = tf.variableGrads(() => lossOf(step), weights);
          expect(relative(value.dataSync()[0]!, reference.lossAtStep[step]!)).toBeLessThan(1e-4);
          if (step === 0)
            weights.forEach((weight, i) => {
              const norm = tf.norm(grads[weight.name]!).dataSync()[0]!;
              expect(relative(norm, reference.parameters[i]!.gradientNorm)).toBeLessThan(1e-4);
            });
          optimizer.applyGradients(grads as never);
        });
      const after = tf.tidy(() => lossOf(0).dataSync()[0]!);
      expect(relative(after, reference.lossOnFirstBatchAfterTraining)).toBeLessThan(1e-4);
    });
});
