// Prints, as JSON, how far gradients and losses of a base model are from PyTorch's: `parity-errors.ts <backend> <model>`.
// A process of its own, because plain loops are ten times as slow inside jest's sandbox.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { useBackend } from '@ae/backend/node';
import { namedWeights, randomStream, zoo, type OptimizerSpec, type RandomStream } from '@ae/models';
import { createOptimizer } from '@ae/trainer';
import * as tf from '@tensorflow/tfjs';

// Gradient and optimiser numbers that PyTorch computed in double precision for the origin's four models, against the
// zoo's recipe `original` and the trainer's optimisers; the README beside parity.json says how weights, noise and
// images are made from formulas.
interface Reference {
  batch: number;
  steps: number;
  optimizer: OptimizerSpec & { epsilon: number };
  parameters: { name: string; shape: number[]; gradientNorm: number }[];
  lossAtStep: number[];
  lossOnFirstBatchAfterTraining: number;
}

const shared = new URL('../../../../shared/', import.meta.url);
const [backend, name] = process.argv.slice(2) as ['cpu', keyof typeof zoo];
const references: Record<string, Reference> = JSON.parse(
  readFileSync(new URL('reference/parity.json', shared), 'utf8'),
);
const { batch, steps, optimizer: spec, parameters, ...expected } = references[name]!;

await useBackend(backend);
const options = { ...zoo[name].recipes.original!.options, ...(name === 'ae' && { dropout: 0 }) };
const model = zoo[name].build(options as never, randomStream(1));
const objective = Object.values(model.objectives)[0]!;
const variables = objective.variables();
fill(variables);
// PyTorch's losses are means over pixels or sums over the batch; ours are sums over pixels and means over it.
const scale = name.endsWith('vae') ? batch : 1 / 784;
const names = new Map(Object.entries(namedWeights(model)).map(([key, variable]) => [variable, key]));
const optimizer = createOptimizer(
  { ...spec, epsilon: spec.epsilon / scale },
  Object.fromEntries(variables.map((variable) => [names.get(variable)!, variable])),
);

const losses: number[] = [];
let gradientErrors: number[] = [];
for (let step = 0; step <= steps; step++) {
  tf.tidy(() => {
    const at = step % steps; // after the last step once more the first batch
    const images = testImages(at * batch, batch);
    const { value, grads } = tf.variableGrads(
      () => objective.loss({ images }, waves(at), true).loss,
      variables,
    );
    losses.push(value.dataSync()[0]! * scale);
    if (step === 0)
      gradientErrors = variables.map((variable, i) =>
        relative(tf.norm(grads[variable.name]!).dataSync()[0]! * scale, parameters[i]!.gradientNorm),
      );
    optimizer.update(grads, tf.tensor1d(optimizer.hyper()));
    optimizer.advance();
  });
}
const lossErrors = [...expected.lossAtStep, expected.lossOnFirstBatchAfterTraining].map((loss, i) =>
  relative(losses[i]!, loss),
);
console.log(JSON.stringify({ gradientErrors, lossErrors }));

function relative(value: number, expected: number): number {
  return Math.abs(value / expected - 1);
}
/** Element i of parameter tensor number k is sin(0.37 i + k) / sqrt(fan-in); a bias takes its kernel's fan-in. */
function fill(variables: tf.Variable[]): void {
  let fanIn = 0;
  variables.forEach((variable, index) => {
    const { name, shape } = parameters[index]!;
    if (!tf.util.arraysEqual(variable.shape, shape))
      throw new Error(`${name} is [${variable.shape}], expected [${shape}]`);
    const inputs = name.startsWith('deconv') ? shape.slice(-1) : shape.slice(0, -1);
    if (name.endsWith('/kernel')) fanIn = tf.util.sizeFromShape(inputs);
    tf.tidy(() =>
      variable.assign(tf.tensor(wave(variable.size, 0.37, index + 1, 1 / Math.sqrt(fanIn)), shape)),
    );
  });
}

/** Element i of the noise of step s is √2 · sin(1.3 i + s). */
function waves(step: number): RandomStream {
  const normal = (shape: number[]) =>
    tf.tensor(wave(tf.util.sizeFromShape(shape), 1.3, step, Math.SQRT2), shape);
  return { ...randomStream(0), normal };
}

function wave(count: number, frequency: number, phase: number, height: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(frequency * i + phase) * height);
}

function testImages(from: number, count: number): tf.Tensor4D {
  const pixels = gunzipSync(readFileSync(new URL('data/mnist/t10k-images-idx3-ubyte.gz', shared))).subarray(
    16,
  );
  const some = Float32Array.from(pixels.subarray(from * 784, (from + count) * 784), (byte) => byte / 255);
  return tf.tensor4d(some, [count, 28, 28, 1]);
}
