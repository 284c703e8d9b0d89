import * as tf from '@tensorflow/tfjs';

import type { Autoencoder } from './autoencoder.js';
import { describeNetwork, NotPlain } from './describe-network.js';
import type { ModelDescription, NetworkDescriptions } from './model-description.js';
import { plainModel, type PlainModel } from './plain/plain-model.js';
import { numberStream } from './plain/number-stream.js';
import { randomStream } from './random.js';
import type { TensorData } from './safetensors.js';
import { namedWeights } from './weights.js';

/** What only the one who trained a model knows of it. */
export type ModelFacts = Pick<ModelDescription, 'scaling' | 'classes' | 'threshold'>;

/**
 * What a model's weights are to say of themselves. That its networks, as they are described, compute what the model
 * computes is not believed but tried, on one example and one code; where they do not, the description says why.
 * @throws RangeError for a weight that is not finite
 * @throws TypeError for networks whose inputs have no fixed shape
 */
export async function describeModel(model: Autoencoder, facts: ModelFacts = {}): Promise<ModelDescription> {
  const shape = sidesOf(model.encoder);
  const latentDim = tf.util.sizeFromShape(sidesOf(model.decoder));
  const description = { ...model.builtFrom, shape, latentDim, ...facts };
  const tensors = await tensorsOf(model);
  try {
    const networks = networksOf(model);
    const plain = plainModel({ tensors, description: { ...description, networks } });
    await compare(model, plain);
    const prior = (await drawsFromStandardNormal(model, plain)) ? ('standard normal' as const) : undefined;
    return { ...description, ...(prior && { prior }), networks };
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    return { ...description, networks: { cannot: error.message } };
  }
}

function sidesOf(network: tf.LayersModel): number[] {
  const sides = network.inputs[0]!.shape.slice(1);
  if (sides.some((side) => side === null))
    throw new TypeError(
      `Cannot describe the model: found an input of shape ${JSON.stringify(sides)}, expected sides that are fixed`,
    );
  return sides as number[];
}

function networksOf(model: Autoencoder): NetworkDescriptions {
  const names = new Map(Object.entries(namedWeights(model)).map(([name, variable]) => [variable, name]));
  return {
    encoder: describeNetwork(model.encoder, names),
    decoder: describeNetwork(model.decoder, names),
  };
}

async function tensorsOf(model: Autoencoder): Promise<Record<string, TensorData>> {
  const tensors: Record<string, TensorData> = {};
  for (const [name, variable] of Object.entries(namedWeights(model)))
    tensors[name] = { shape: variable.shape, data: finite(name, (await variable.data()) as Float32Array) };
  return tensors;
}

function finite(name: string, data: Float32Array): Float32Array {
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `Cannot save the model: the weight "${name}" is ${data[bad]} at element ${bad}, expected finite numbers`,
    );
  return data;
}

/** A seed of our own, so that describing a model draws nothing from its stream. */
const PROBE = 1;

async function compare(model: Autoencoder, plain: PlainModel): Promise<void> {
  const { shape, latentDim } = plain;
  const random = numberStream(PROBE);
  const example = random.uniform(tf.util.sizeFromShape([...shape]));
  const code = random.normal(latentDim);
  const codes = await numbersOf('encode', () => model.encode(tf.tensor(example).reshape([1, ...shape])));
  if (!areClose(plain.encode(example), codes))
    throw new NotPlain('an `encode` that is not what its encoder gives');
  const decoded = await numbersOf('decode', () => model.decode(tf.tensor2d(code, [1, latentDim])));
  if (!areClose(plain.decode(code), decoded))
    throw new NotPlain('a `decode` that is not what its decoder gives');
}

/** What cannot draw without being given labels has no prior that is known here. */
async function drawsFromStandardNormal(model: Autoencoder, plain: PlainModel): Promise<boolean> {
  if (!model.sample) return false;
  try {
    const drawn = await numbersOf('sample', () => model.sample!(2, randomStream(PROBE)));
    return areClose(plain.decode(numberStream(PROBE).normal(2 * plain.latentDim)), drawn);
  } catch (error) {
    if (error instanceof NotPlain) return false;
    throw error;
  }
}

/** A model may refuse codes that are no indices of its own, or one example alone. */
async function numbersOf(what: string, compute: () => tf.Tensor): Promise<Float32Array> {
  let tensor: tf.Tensor;
  try {
    tensor = tf.tidy(compute);
  } catch (cause) {
    throw new NotPlain(`a \`${what}\` that does not take any numbers`, { cause });
  }
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

/** Float32 sums in another order differ by some millionths. */
const CLOSE = 1e-3;
const areClose = (found: Float32Array, expected: Float32Array) =>
  found.length === expected.length &&
  found.every((value, i) => Math.abs(value - expected[i]!) <= CLOSE * (1 + Math.abs(expected[i]!)));
