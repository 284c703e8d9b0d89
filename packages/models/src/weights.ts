import * as tf from '@tensorflow/tfjs';

import type { Autoencoder } from './autoencoder.js';
import { decodeSafetensors, encodeSafetensors, type TensorData } from './safetensors.js';

/**
 * A model's weights by stable names: `encoder/<layer>/<weight>` and `decoder/<layer>/<weight>`, non-trainable ones
 * included, then what only an objective knows (a codebook, say) as `<objective>/variable<n>`. A layer that was
 * given no name is called after its kind and its place among its kind: `dense0`.
 */
export function namedWeights(model: Autoencoder): Record<string, tf.Variable> {
  const names = new Map<tf.Variable, string>();
  for (const part of ['encoder', 'decoder'] as const)
    for (const { path, layer } of eachLayer(model[part], part))
      for (const weight of layer.weights) {
        const variable = weight.read() as tf.Variable;
        if (!names.has(variable)) names.set(variable, `${path}/${weightName(weight)}`);
      }
  for (const [objectiveName, objective] of Object.entries(model.objectives)) {
    const others = objective.variables().filter((variable) => !names.has(variable));
    others.forEach((variable, i) => names.set(variable, `${objectiveName}/variable${i}`));
  }
  return Object.fromEntries([...names].map(([variable, name]) => [name, variable]));
}

/** The weights as the bytes of a safetensors file. */
export async function saveWeights(
  model: Autoencoder,
  metadata?: Record<string, string>,
): Promise<Uint8Array> {
  const tensors: Record<string, TensorData> = {};
  for (const [name, variable] of Object.entries(namedWeights(model)))
    tensors[name] = { shape: variable.shape, data: (await variable.data()) as Float32Array };
  return encodeSafetensors(tensors, metadata);
}

/**
 * Puts the weights of a safetensors file into a model. Everything is checked before the first weight changes.
 * @throws RangeError for a damaged file, names that lack or are too many, another shape, a number that is not finite
 */
export function loadWeights(model: Autoencoder, bytes: Uint8Array): void {
  assignWeights(model, decodeSafetensors(bytes).tensors);
}

/** As `loadWeights`, from tensors that are read already; names must be exactly those of `namedWeights`. */
export function assignWeights(model: Autoencoder, tensors: Record<string, TensorData>): void {
  const variables = namedWeights(model);
  const missing = Object.keys(variables).filter((name) => !Object.hasOwn(tensors, name));
  const unknown = Object.keys(tensors).filter((name) => !Object.hasOwn(variables, name));
  if (missing.length > 0 || unknown.length > 0)
    throw new RangeError(
      `Cannot load weights: ${describe('without', missing)}${describe('with unknown', unknown)}expected exactly the weights of this model; build it with the options that the file was saved with`,
    );
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const expected = variables[name]!.shape;
    if (!tf.util.arraysEqual(shape, expected))
      throw new RangeError(`Cannot load weight "${name}": shape [${shape}], expected [${expected}]`);
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new RangeError(
        `Cannot load weight "${name}": ${data[bad]} at element ${bad}, expected finite numbers`,
      );
  }
  for (const [name, { shape, data }] of Object.entries(tensors))
    tf.tidy(() => variables[name]!.assign(tf.tensor(Float32Array.from(data), shape, 'float32')));
}

/** Frees every variable of a model. */
export function disposeModel(model: Autoencoder): void {
  for (const variable of Object.values(namedWeights(model))) variable.dispose();
  for (const { termWeights = {} } of Object.values(model.objectives))
    for (const variable of Object.values(termWeights)) variable.dispose();
}

/** Every layer that is no model itself, with a path that is the same in every process. */
export function* eachLayer(
  model: tf.LayersModel,
  path: string,
): Generator<{ path: string; layer: tf.layers.Layer }> {
  const unnamed = new Map<string, number>();
  for (const layer of model.layers) {
    // TensorFlow.js calls an unnamed layer dense_Dense7 and a model sequential_7, counting all of the process.
    const kind = /^(\w+)_[A-Z]\w*\d+$|^(sequential|model)_?\d+$/.exec(layer.name)?.slice(1).find(Boolean);
    const place = kind === undefined ? 0 : (unnamed.get(kind) ?? 0);
    if (kind !== undefined) unnamed.set(kind, place + 1);
    const here = `${path}/${kind === undefined ? layer.name : `${kind}${place}`}`;
    if (layer instanceof tf.LayersModel) yield* eachLayer(layer, here);
    else yield { path: here, layer };
  }
}

/** TensorFlow.js calls a layer's weight hidden0/kernel. */
export const weightName = (weight: tf.LayerVariable): string => weight.originalName.split('/').at(-1)!;

const describe = (what: string, names: string[]) =>
  names.length === 0
    ? ''
    : `${what} ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}; `;
