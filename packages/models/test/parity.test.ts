import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { disposeModel, randomStream, zoo, type Autoencoder, type RandomStream } from '../src/index.js';

// Forward, gradient and optimiser numbers that PyTorch computed in double precision for the origin's four models;
// the README beside parity.json says how weights, noise and images are made from formulas.
const shared = new URL('../../../../shared/', import.meta.url);
const present = existsSync(new URL('reference/parity.json', shared)) && existsSync(new URL('data/mnist', shared));
if (!present) console.warn('Parity with PyTorch skipped: no ../shared/reference/parity.json and ../shared/data/mnist');

interface Reference {
  batch: number;
  steps: number;
  optimizer: { name: string; learningRate: number; beta1: number; beta2: number; epsilon: number };
  parameters: { number: number; name: string; shape: number[]; gradientNorm: number }[];
  lossAtStep: number[];
  lossOnFirstBatchAfterTraining: number;
}

const TOLERANCE = 1e-4; // relative

// conv-vae has 23.9 million weights, too many for the plain CPU backend; `wasm` and `native` check it elsewhere.
describe.each(['ae', 'conv-ae', 'vae'] as const)('%s with the original recipe', (name) => {
  (present ? test : test.skip)('has the gradients and the losses of PyTorch', () => {
    const reference = (JSON.parse(readFileSync(new URL('reference/parity.json', shared), 'utf8')) as Record<string, Reference>)[name]!;
    const model = zoo[name].build({ ...zoo[name].recipes.original.options, ...(name === 'ae' && { dropout: 0 }) } as never, randomStream(1));
    const objective = Object.values(model.objectives)[0]!;
    fill(objective.variables(), reference);
    // PyTorch's losses are means over pixels or sums over the batch; ours are sums over pixels and means over the batch.
    const scale = name === 'vae' ? reference.batch : 1 / 784;
    const { learningRate, beta1, beta2, epsilon } = reference.optimizer;
    const optimizer = tf.train.adam(learningRate, beta1, beta2, epsilon / scale);
    const before = tf.memory().numTensors;

    const relativeErrors: number[] = [];
    const losses: number[] = [];
    for (let step = 0; step <= reference.steps; step++) {
      const at = step < reference.steps ? step : 0;
      tf.tidy(() => {
        const images = testImages(at * reference.batch, reference.batch);
        const { value, grads } = tf.variableGrads(
          () => objective.loss({ images }, referenceNoise(at)).loss,
          objective.variables(),
        );
        losses.push(value.dataSync()[0]! * scale);
        if (step === 0)
          objective.variables().forEach((variable, i) => {
            const norm = grads[variable.name]!.norm().dataSync()[0]! * scale;
            relativeErrors.push(Math.abs(norm / reference.parameters[i]!.gradientNorm - 1));
          });
        if (step < reference.steps) optimizer.applyGradients(grads);
      });
      if (step === 0) optimizerTensors = tf.memory().numTensors - before;
    }
    const expected = [...reference.lossAtStep, reference.lossOnFirstBatchAfterTraining];
    const lossErrors = losses.map((loss, i) => Math.abs(loss / expected[i]! - 1));
    console.log(
      `${name} on ${tf.getBackend()}: ${relativeErrors.length} gradient norms within ${Math.max(...relativeErrors).toExponential(1)}, ${losses.length} losses within ${Math.max(...lossErrors).toExponential(1)}`,
    );
    expect(Math.max(...relativeErrors)).toBeLessThan(TOLERANCE);
    expect(Math.max(...lossErrors)).toBeLessThan(TOLERANCE);
    expect(tf.memory().numTensors).toBe(before + optimizerTensors);
    disposeModel(model);
  });
});

let optimizerTensors = 0;

/** Element i of parameter tensor number k is sin(0.37 i + k) / sqrt(fan-in); a bias takes its kernel's fan-in. */
function fill(variables: tf.Variable[], reference: Reference): void {
  let fanIn = 0;
  variables.forEach((variable, index) => {
    const { name, shape } = reference.parameters[index]!;
    expect(variable.shape).toEqual(shape);
    if (name.endsWith('/kernel'))
      fanIn = name.startsWith('deconv') ? shape.at(-1)! : shape.slice(0, -1).reduce((size, side) => size * side, 1);
    const values = Float32Array.from({ length: variable.size }, (_, i) => Math.sin(0.37 * i + index + 1) / Math.sqrt(fanIn));
    tf.tidy(() => variable.assign(tf.tensor(values, shape)));
  });
}

/** Element i of the noise of step s is √2 · sin(1.3 i + s). */
const referenceNoise = (step: number): RandomStream => ({
  ...randomStream(0),
  normal: (shape) =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sqrt(2) * Math.sin(1.3 * i + step)),
      shape,
    ),
});

function testImages(from: number, count: number): tf.Tensor4D {
  const bytes = gunzipSync(readFileSync(new URL('data/mnist/t10k-images-idx3-ubyte.gz', shared)));
  const pixels = bytes.subarray(16 + from * 784, 16 + (from + count) * 784);
  return tf.tensor4d(Float32Array.from(pixels, (byte) => byte / 255), [count, 28, 28, 1]);
}
