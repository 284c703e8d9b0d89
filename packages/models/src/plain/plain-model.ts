import { readDescription, type ModelDescription, type Scaling } from '../model-description.js';
import { decodeSafetensors, type TensorData } from '../safetensors.js';
import type { Layer } from './layer.js';
import { sizeOf } from './size-of.js';
import { network } from './network.js';

/** Weights and what they are of, as plain data that a worker can be sent. */
export interface DescribedWeights {
  tensors: Readonly<Record<string, TensorData>>;
  description: ModelDescription;
}

/** A trained model that encodes and decodes without TensorFlow.js. */
export interface PlainModel {
  /** The name of its definition; absent where there was none. */
  readonly name?: string;
  /** Of one example: `[height, width, channels]`. */
  readonly shape: readonly number[];
  readonly latentDim: number;
  /** Whether codes may be drawn from a standard normal, as `sample` does. */
  readonly generative: boolean;
  /** Names of the classes, in the order of the labels, where they are known. */
  readonly classes?: readonly string[];
  /** How values were scaled before they were trained on; `encode` takes values that are scaled already. */
  readonly scaling?: Scaling;
  /** The reconstruction error from which an example counts as an anomaly, where it is known. */
  readonly threshold?: number;
  /** What it was made of. */
  readonly weights: DescribedWeights;
  /**
   * Examples, `count` × `shape` row by row, to codes, `count` × `latentDim`; for a VAE the posterior's means.
   * @throws TypeError for values that make no whole examples
   */
  encode(values: Float32Array): Float32Array;
  /**
   * Codes, `count` × `latentDim` row by row, to examples, `count` × `shape`.
   * @throws TypeError for values that make no whole codes
   */
  decode(codes: Float32Array): Float32Array;
}

/**
 * Makes a model of a file that `saveModel` wrote, such as a run's `best.safetensors`, or of weights and their
 * description. For an example at a time it is faster than a tensor library, and a page need not download one.
 * @throws RangeError where the file is damaged, does not describe its networks, or has layers with no plain counterpart
 */
export function plainModel(file: Uint8Array | DescribedWeights): PlainModel {
  const weights = file instanceof Uint8Array ? readFile(file) : file;
  const { tensors, description } = weights;
  const { model: name, shape, latentDim, networks, prior, classes, scaling, threshold } = description;
  if ('cannot' in networks)
    throw new RangeError(
      `Cannot run ${name ?? 'the model'} without TensorFlow.js: found ${networks.cannot}; use loadModel of @ae/models`,
    );
  const encoder = network('encoder', networks.encoder, tensors, shape);
  const decoder = network('decoder', networks.decoder, tensors, [latentDim]);
  checkFit('encoder', encoder, latentDim);
  checkFit('decoder', decoder, sizeOf(shape));
  return {
    ...(name !== undefined && { name }),
    shape,
    latentDim,
    generative: prior !== undefined,
    ...(classes && { classes }),
    ...(scaling && { scaling }),
    ...(threshold !== undefined && { threshold }),
    weights,
    encode: (values) => runEach('encode', encoder, values, shape, latentDim),
    decode: (codes) => runEach('decode', decoder, codes, [latentDim], sizeOf(shape)),
  };
}

function readFile(bytes: Uint8Array): DescribedWeights {
  const { tensors, metadata } = decodeSafetensors(bytes);
  return { tensors, description: readDescription(metadata) };
}

function checkFit(part: string, { shape }: Layer, expected: number): void {
  if (sizeOf(shape) !== expected)
    throw new RangeError(
      `Cannot read the network: found an ${part} that gives ${sizeOf(shape)} values, expected ${expected}`,
    );
}

function runEach(
  what: string,
  { run }: Layer,
  values: Float32Array,
  from: readonly number[],
  outputs: number,
): Float32Array {
  const inputs = sizeOf(from);
  const count = values.length / inputs;
  if (!Number.isInteger(count))
    throw new TypeError(
      `Cannot ${what}: found ${values.length} values, expected a multiple of ${inputs}, as the shape [${from}] has`,
    );
  const results = new Float32Array(count * outputs);
  for (let i = 0; i < count; i++)
    results.set(run(values.subarray(i * inputs, (i + 1) * inputs)), i * outputs);
  return results;
}
