import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { useBackend } from '@ae/backend/node';
import {
  disposeModel,
  namedWeights,
  randomStream,
  zoo,
  type OptimizerSpec,
  type RandomStream,
} from '@ae/models';
import { createOptimizer } from '@ae/trainer';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

// Gradient and optimiser numbers that PyTorch computed in double precision for the origin's four models, against the
// zoo's recipe `original` and the trainer's optimisers on every backend; the README beside parity.json says how
// weights, noise and images are made from formulas.
interface Reference {
  batch: number;
  steps: number;
  optimizer: OptimizerSpec & { epsilon: number };
  parameters: { name: string; shape: number[]; gradientNorm: number }[];
  lossAtStep: number[];
  lossOnFirstBatchAfterTraining: number;
}

const TOLERANCE = 1e-4; // relative
const shared = new URL('../../../../shared/', import.meta.url);
const present =
  existsSync(new URL('reference/parity.json', shared)) && existsSync(new URL('data/mnist', shared));
if (!present)
  console.warn('Parity with PyTorch skipped: found no ../shared/reference and ../shared/data/mnist');
const references: Record<string, Reference> = present
  ? JSON.parse(readFileSync(new URL('reference/parity.json', shared), 'utf8'))
  : {};

const names = ['ae', 'conv-ae', 'vae', 'conv-vae'] as const;
const cases = ['cpu', 'wasm', 'native'].flatMap((backend) => names.map((name) => [backend, name] as const));

describe.each(cases)('on %s the original %s', (backend, name) => {
  afterEach(() => tf.disposeVariables());

  test('has the gradients and the losses of PyTorch', async () => {
    const skipped = !present || (backend === 'cpu' && name === 'conv-vae'); // 24 million weights in plain loops
    if (skipped || !(await found(backend))) return;
    const { batch, steps, optimizer: spec, parameters, ...losses } = references[name]!;
    const { recipes } = zoo[name];
    const model = zoo[name].build(
      { ...recipes.original!.options, ...(name === 'ae' && { dropout: 0 }) } as never,
      randomStream(1),
    );
    const objective = Object.values(model.objectives)[0]!;
    const variables = objective.variables();
    fill(variables, parameters);
    // PyTorch's losses are means over pixels or sums over the batch; ours are sums over pixels and means over it.
    const scale = name.endsWith('vae') ? batch : 1 / 784;
    const byName = new Map(Object.entries(namedWeights(model)).map(([key, variable]) => [variable, key]));
    const optimizer = createOptimizer(
      { ...spec, epsilon: spec.epsilon / scale },
      Object.fromEntries(variables.map((variable) => [byName.get(variable)!, variable])),
    );

    const gradientErrors: number[] = [];
    const found_: number[] = [];
    for (const step of [...Array(steps).keys(), 0]) {
      const last = found_.length === steps;
      tf.tidy(() => {
        const images = testImages(step * batch, batch);
        const loss = () => objective.loss({ images }, waves(step), true).loss;
        if (last) return found_.push(loss().dataSync()[0]! * scale);
        const { value, grads } = tf.variableGrads(loss, variables);
        found_.push(value.dataSync()[0]! * scale);
        if (step === 0)
          variables.forEach((variable, i) => {
            const norm = tf.norm(grads[variable.name]!).dataSync()[0]! * scale;
            gradientErrors.push(relative(norm, parameters[i]!.gradientNorm));
          });
        optimizer.update(grads, tf.tensor1d(optimizer.hyper()));
        optimizer.advance();
        return undefined;
      });
    }
    const expected = [...losses.lossAtStep, losses.lossOnFirstBatchAfterTraining];
    const lossErrors = found_.map((loss, i) => relative(loss, expected[i]!));
    console.log(
      `${name} on ${backend}: ${gradientErrors.length} gradient norms within ${worst(gradientErrors)}, ${lossErrors.length} losses within ${worst(lossErrors)}`,
    );
    expect(gradientErrors).toHaveLength(parameters.length);
    expect(Math.max(...gradientErrors)).toBeLessThan(TOLERANCE);
    expect(Math.max(...lossErrors)).toBeLessThan(TOLERANCE);
    optimizer.dispose();
    disposeModel(model);
  }, 240_000);
});

const relative = (value: number, expected: number) => Math.abs(value / expected - 1);
const worst = (errors: number[]) => Math.max(...errors).toExponential(1);

/** `native` needs a compiler at install time; the others are always there. */
async function found(backend: string): Promise<boolean> {
  try {
    await useBackend(backend as 'cpu');
    return true;
  } catch (error) {
    if (backend !== 'native') throw error;
    console.warn(`Parity on native skipped: ${(error as Error).message}`);
    return false;
  }
}

/** Element i of parameter tensor number k is sin(0.37 i + k) / sqrt(fan-in); a bias takes its kernel's fan-in. */
function fill(variables: tf.Variable[], parameters: Reference['parameters']): void {
  let fanIn = 0;
  variables.forEach((variable, index) => {
    const { name, shape } = parameters[index]!;
    expect(variable.shape).toEqual(shape);
    const inputs = name.startsWith('deconv') ? shape.slice(-1) : shape.slice(0, -1);
    if (name.endsWith('/kernel')) fanIn = tf.util.sizeFromShape(inputs);
    tf.tidy(() =>
      variable.assign(tf.tensor(wave(variable.size, 0.37, index + 1, 1 / Math.sqrt(fanIn)), shape)),
    );
  });
}

/** Element i of the noise of step s is √2 · sin(1.3 i + s). */
const waves = (step: number): RandomStream => ({
  ...randomStream(0),
  normal: (shape) => tf.tensor(wave(tf.util.sizeFromShape(shape), 1.3, step, Math.SQRT2), shape),
});

const wave = (count: number, frequency: number, phase: number, height: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(frequency * i + phase) * height);

let pixels: Uint8Array | undefined;
function testImages(from: number, count: number): tf.Tensor4D {
  pixels ??= gunzipSync(readFileSync(new URL('data/mnist/t10k-images-idx3-ubyte.gz', shared))).subarray(16);
  const some = Float32Array.from(pixels.subarray(from * 784, (from + count) * 784), (byte) => byte / 255);
  return tf.tensor4d(some, [count, 28, 28, 1]);
}
