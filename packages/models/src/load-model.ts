import * as tf from '@tensorflow/tfjs';

import type { Autoencoder, ModelDefinition } from './autoencoder.js';
import { readDescription, type ModelDescription } from './model-description.js';
import { randomStream, type RandomStream } from './random.js';
import { decodeSafetensors, type TensorData } from './safetensors.js';
import { assignWeights, disposeModel } from './weights.js';
import { zoo } from './zoo/index.js';

export interface LoadModelOptions {
  /** Of models of one's own; those of the zoo are known. */
  definitions?: readonly ModelDefinition[];
}

export interface LoadedModel {
  model: Autoencoder;
  definition: ModelDefinition;
  /** What the file says of itself: options, shape, scaling, classes, threshold. */
  description: ModelDescription;
  /** All texts of the file, such as a run's `epoch`. */
  metadata: Record<string, string>;
}

/**
 * Builds the model that `saveModel`, or a run as its `best.safetensors`, has written, with its weights.
 * @throws RangeError for a damaged file, one that does not say what it is of, a model that is not known, and weights that
 *   are not those of that model
 * @throws TypeError for an option of another type than the model's
 */
export function loadModel(bytes: Uint8Array, { definitions = [] }: LoadModelOptions = {}): LoadedModel {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const description = readDescription(metadata);
  const definition = definitionOf(description, definitions);
  const model = definition.build(description.options ?? {}, streamOf(description, tensors));
  try {
    const shape = model.encoder.inputs[0]!.shape.slice(1) as number[];
    if (!tf.util.arraysEqual(shape, [...description.shape]))
      throw new RangeError(
        `Cannot load the model: found the shape [${description.shape}] in the file, expected [${shape}] as its options say`,
      );
    assignWeights(model, tensors);
  } catch (error) {
    disposeModel(model);
    throw error;
  }
  return { model, definition, description, metadata };
}

function definitionOf({ model: name }: ModelDescription, own: readonly ModelDefinition[]): ModelDefinition {
  const known = [...own, ...(Object.values(zoo) as unknown as ModelDefinition[])];
  if (name === undefined)
    throw new RangeError(
      'Cannot load the model: found no name of a model in the file, expected what defineModel built; build the model yourself and use loadWeights(model, bytes)',
    );
  const found = known.find((definition) => definition.name === name);
  if (!found)
    throw new RangeError(
      `Cannot load the model: found weights of "${name}", expected one of ${known.map((each) => each.name).join(', ')}; give its definition, loadModel(bytes, { definitions: [${camelCase(name)}] })`,
    );
  return found;
}

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Numbers that a model may draw beyond those of its weights, such as for masks, and how often. */
const SPARE = { numbers: 2 ** 20, draws: 2 ** 10 };

/**
 * The stream that the model was built with once. A model draws every weight, so that options that ask for a larger
 * model than the file has weights of are noticed before memory is taken for it.
 */
function streamOf(
  { random: { seed, counter } = { seed: 0, counter: 0 } }: ModelDescription,
  tensors: Readonly<Record<string, TensorData>>,
): RandomStream {
  const stream = randomStream(seed, counter);
  const weights = Object.values(tensors);
  let numbers = weights.reduce((sum, { data }) => sum + data.length, SPARE.numbers);
  let draws = weights.length + SPARE.draws;
  const { normal, uniform } = stream;
  const bounded =
    (draw: (shape: number[]) => tf.Tensor) =>
    (shape: number[]): tf.Tensor => {
      numbers -= tf.util.sizeFromShape(shape);
      draws -= 1;
      if (!(numbers >= 0 && draws >= 0))
        throw new RangeError(
          `found a weight of shape [${shape}] beyond all that the file has, expected options that fit its weights`,
        );
      return draw(shape);
    };
  return Object.assign(stream, { normal: bounded(normal), uniform: bounded(uniform) });
}
