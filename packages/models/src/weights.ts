import * as tf from '@tensorflow/tfjs';

import type { Autoencoder } from './autoencoder.js';
import { eachLayer } from './each-layer.js';
import { decodeSafetensors, encodeSafetensors, type TensorData } from './safetensors.js';

/**
 * A model's weights by stable names, non-trainable ones included: `encoder/<layer>/<weight>`, `decoder/…`, then those
 * of every network under its name, `parameters/<name>`, `state/<name>`, and what only an objective knows as
 * `<objective>/variable<n>`. A layer that was given no name is called after its kind and its place among its kind:
 * `dense0`. The weights of a layer that two networks share stand under the first.
 * @throws TypeError where two weights would have one name
 */
export function namedWeights(model: Autoencoder): Record<string, tf.Variable> {
  const names = new Map<tf.Variable, string>();
  const weights: Record<string, tf.Variable> = {};
  const add = (name: string, variable: tf.Variable) => {
    if (names.has(variable)) return;
    if (Object.hasOwn(weights, name))
      throw new TypeError(
        `Cannot name the weights: found two called "${name}", expected one; give their layers names`,
      );
    names.set(variable, name);
    weights[name] = variable;
  };
  for (const [part, network] of Object.entries(networksOf(model)))
    for (const { path, layer } of eachLayer(network, part))
      for (const weight of layer.weights)
        add(`${path}/${weight.originalName.split('/').at(-1)!}`, weight.read() as tf.Variable);
  for (const kind of ['parameters', 'state'] as const)
    for (const [name, variable] of Object.entries(model[kind] ?? {})) add(`${kind}/${name}`, variable);
  for (const [name, objective] of Object.entries(model.objectives))
    objective
      .variables()
      .filter((variable) => !names.has(variable))
      .forEach((variable, i) => add(`${name}/variable${i}`, variable));
  return weights;
}

/** Every network of a model by its name, encoder and decoder first. */
export const networksOf = ({ encoder, decoder, networks = {} }: Autoencoder) => ({
  encoder,
  decoder,
  ...networks,
});

/**
 * The weights as the bytes of a safetensors file; the annealed scalars go with them as `annealed/<name>`, because the
 * losses of the saved model are measured with these.
 */
export async function saveWeights(
  model: Autoencoder,
  metadata?: Record<string, string>,
): Promise<Uint8Array> {
  const tensors: Record<string, TensorData> = {};
  for (const [name, variable] of Object.entries({ ...namedWeights(model), ...namedAnnealed(model) }))
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

/**
 * As `loadWeights`, from tensors that are read already; names must be exactly those of `namedWeights`, and any of
 * `annealed/<name>`: a scalar that lacks keeps its value.
 */
export function assignWeights(model: Autoencoder, tensors: Record<string, TensorData>): void {
  const weights = namedWeights(model);
  const variables = { ...weights, ...namedAnnealed(model) };
  const missing = Object.keys(weights).filter((name) => !Object.hasOwn(tensors, name));
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

/** Frees every variable of a model, its annealed scalars included. */
export function disposeModel(model: Autoencoder): void {
  for (const variable of [...Object.values(namedWeights(model)), ...Object.values(model.annealed ?? {})])
    variable.dispose();
}

const namedAnnealed = ({ annealed = {} }: Autoencoder) =>
  Object.fromEntries(Object.entries(annealed).map(([name, variable]) => [`annealed/${name}`, variable]));

const describe = (what: string, names: string[]) =>
  names.length === 0
    ? ''
    : `${what} ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}; `;
